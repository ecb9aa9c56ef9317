using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Streaming.Viewers;

/// <summary>
/// Which of the room's video packets go to a viewer, and when. What waits is not copied: it lies in the room's ring, and
/// the viewer keeps its place there. A viewer that falls too far behind jumps to the next key frame.
/// </summary>
internal sealed class VideoFlow(Room room, ViewedTrack track, PathEstimate estimate)
{
    // Half of what the ring keeps.
    private const int MaxBacklog = 512;

    private readonly Pacer _pacer = new();
    private readonly LayerChoice _choice = new();
    private readonly KeyFrameAllowance _allowance = new();
    private RoomTrack? _source;
    private RoomTrack? _wanted;
    private long _wantedAfter;
    private bool _wantedByChoice;
    private long _next;
    private bool _withoutUpper;

    /// <summary>Whether the video is held back because the path does not carry it.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The simulcast layer that is sent, or whose key frame is awaited; null without simulcast, and while paused.</summary>
    public string? Layer => (_source ?? _wanted)?.Layer;

    /// <summary>Whether the viewer gets the base pictures alone.</summary>
    public bool IsBaseAlone => _choice.Current != LayerChoice.Paused && LayerOffer.IsBaseAlone(_choice.Current);

    /// <summary>The viewer has come: the immediate past is sent first, if it is at hand.</summary>
    public void Start(long now)
    {
        var layers = room.Layers;
        _choice.Current = layers.IsEmpty ? 0 : layers[^1].Index;
        var source = room.VideoTracks[_choice.Current];
        if (source.TryGetReplay(room.Publisher?.SendsKeyFramesOnRequest != false, now, out var first))
        {
            Begin(source, first);
            track.ReplayUntil(source.Highest, source.LastTimestamp);
        }
        else
        {
            // Without a key frame these pictures cannot be decoded, but sending them measures the path.
            (_source, _next) = (source, -1);
            room.RequestKeyFrame(source, urgent: true, now);
        }
    }

    /// <summary>Something has come into the room.</summary>
    /// <returns>Whether it is to be sent at once, because it is late; the rest is taken in order.</returns>
    public bool Arrived(RoomTrack source, in ReceivedPacket received)
    {
        if (source == _wanted && source.KeyFrame > _wantedAfter)
        {
            Begin(source, source.KeyFrame);
            return false;
        }

        if (source == _source && _next < 0)
        {
            Begin(source, received.First);
        }

        return source == _source && received.Index < _next;
    }

    /// <summary>Takes the next packet that may be sent now.</summary>
    public bool TryTake(long now, [NotNullWhen(true)] out RoomTrack? source, out long index)
    {
        source = _source;
        for (; source is not null && _next >= 0 && _next <= source.Highest; _next++)
        {
            if (!source.TryGet(_next, out var packet))
            {
                // If it still comes, Arrived sends it as late.
                continue;
            }

            if (LeavesOut(source.LayerOf(_next)))
            {
                track.Skip(_next);
                continue;
            }

            if (_pacer.TrySpend(packet.Length, estimate.BitsPerSecond, now))
            {
                index = _next++;
                return true;
            }

            if (source.Highest - _next > MaxBacklog)
            {
                Want(source, byChoice: false);
                _source = null;
            }

            break;
        }

        index = -1;
        return false;
    }

    public void KeyFrameAsked(long now)
    {
        // A paused viewer receives no packets, so it must not trigger a key-frame request; a wanted layer is asked for by Tick.
        if (_source is not null && _allowance.TryTake(now))
        {
            room.RequestKeyFrame(_source, urgent: false, now);
        }
    }

    /// <summary>Chooses what the path carries.</summary>
    public void Tick(long now)
    {
        var layers = room.Layers;
        if (layers.IsEmpty)
        {
            return;
        }

        var tooMuch = _choice.Update(layers, room.Audio.Rate.BitsPerSecond, estimate, now);
        if (_choice.Current == LayerChoice.Paused)
        {
            (_source, _wanted, IsPaused) = (null, null, true);
            return;
        }

        // When stepping down, pictures stop until the layer's key frame: the last ones may have been dropped. When stepping
        // up, they go on.
        _source = tooMuch ? null : _source;
        var chosen = room.VideoTracks[LayerOffer.TrackOf(_choice.Current)];
        if (chosen == _source)
        {
            _wanted = null;
        }
        else if (chosen != _wanted)
        {
            Want(chosen, byChoice: true);
        }

        // A step down shows nothing until its key frame, and steps are rare: no allowance is spent on them.
        if (_wanted is not null && (_wantedByChoice || _allowance.TryTake(now)))
        {
            room.RequestKeyFrame(_wanted, urgent: false, now);
        }
    }

    /// <summary>Tells whether a train of padding should measure the path now.</summary>
    /// <param name="bitsPerSecond">What the path must carry for the next better choice.</param>
    public bool TryTakeProbe(long now, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        return !estimate.IsProbing && _choice.TryTakeProbe(room.Layers, room.Audio.Rate.BitsPerSecond, now, out bitsPerSecond);
    }

    // Pictures of an upper layer refer to earlier ones, so after a gap the layer resumes only where it starts anew.
    private bool LeavesOut(PictureLayer layer)
    {
        _withoutUpper = IsBaseAlone || (_withoutUpper && layer != PictureLayer.UpperStart);
        return _withoutUpper && layer != PictureLayer.Base;
    }

    private void Begin(RoomTrack source, long index)
    {
        var timestamp = source.TryGet(index, out var packet) ? BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) : source.LastTimestamp;
        track.Begin(source, index, timestamp);
        (_source, _next, _wanted, _withoutUpper, IsPaused) = (source, index, null, false, false);
    }

    private void Want(RoomTrack source, bool byChoice) =>
        (_wanted, _wantedAfter, _wantedByChoice) = (source, Math.Max(source.KeyFrame, source.Highest), byChoice);
}
