using System.Text;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Publishers;

/// <summary>
/// The video as it comes from a publisher: one track, or one for each simulcast layer. A layer's source is named in its
/// packets' header extension (RFC 8852), at least until the publisher has seen that they arrive.
/// </summary>
internal sealed class PublishedVideo
{
    private readonly AcceptedLayers? _layers;
    private readonly byte[][] _ids;
    private readonly PublishedTrack[] _tracks;

    public PublishedVideo(AcceptedMedia media, Room room)
    {
        _layers = media.Layers;
        _ids = _layers is null ? [] : [.. _layers.Ids.Select(Encoding.ASCII.GetBytes)];
        _tracks = _layers is null
            ? [new PublishedTrack(media, room.Video)]
            : [.. _layers.Ids.Select((id, place) => new PublishedTrack(media, room.VideoTrack(place), id))];
    }

    /// <summary>The tracks; not empty.</summary>
    public ReadOnlySpan<PublishedTrack> Tracks => _tracks;

    public long PacketsLost => _tracks.Sum(track => track.PacketsLost);

    /// <summary>The jitter of the layer that has most.</summary>
    public TimeSpan Jitter => _tracks.Max(track => track.Jitter);

    public long KeyFramesAskedFor => _tracks.Sum(track => track.Track.KeyFrames.Count);

    /// <summary>A track whose source has reported: any layer tells where the video stands, as they share the room's timeline.</summary>
    public PublishedTrack? Reported => Array.Find(_tracks, track => track.LastReport is not null);

    /// <summary>The source of a track that has one.</summary>
    public uint? AnySource => Array.Find(_tracks, track => track.Ssrc is not null)?.Ssrc;

    /// <summary>Finds the track that packets of a payload type belong to, whatever their source.</summary>
    public bool Takes(byte payloadType) => _tracks[0].Takes(payloadType);

    public PublishedTrack? Find(uint ssrc)
    {
        foreach (var track in _tracks)
        {
            if (track.Ssrc == ssrc)
            {
                return track;
            }
        }

        return null;
    }

    /// <summary>Finds the track of a packet of the video's payload types.</summary>
    /// <returns>Null when it is of no layer that was agreed on.</returns>
    public PublishedTrack? Find(in RtpHeader header, ReadOnlySpan<byte> packet)
    {
        if (_layers is null)
        {
            return _tracks[0];
        }

        foreach (var track in _tracks)
        {
            if (track.Ssrc == header.Ssrc || track.RepairSsrc == header.Ssrc)
            {
                return track;
            }
        }

        var repaired = header.PayloadType != _tracks[0].PayloadType;
        var extension = repaired ? _layers.RepairExtensionId : _layers.ExtensionId;
        if (extension == 0 || !HeaderExtension.TryFind(packet, header, extension, out var name))
        {
            return null;
        }

        for (var i = 0; i < _tracks.Length; i++)
        {
            if (name.SequenceEqual(_ids[i]))
            {
                _tracks[i].RepairSsrc = repaired ? header.Ssrc : _tracks[i].RepairSsrc;
                return _tracks[i];
            }
        }

        return null;
    }
}
