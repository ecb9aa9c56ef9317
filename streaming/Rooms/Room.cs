using Microsoft.Extensions.Logging;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// A room: one publisher at most, its viewers, and the numbering that outlives publishers. Guarded by the media
/// plane's lock.
/// </summary>
internal sealed class Room
{
    private readonly RoomTimeline _videoTimeline = new(RoomTrack.ClockRate(MediaKind.Video));
    private readonly LayerList _layers = new();
    private readonly TapFeed _videoTaps;
    private readonly TapFeed _audioTaps;
    private RoomTrack[] _videoTracks;
    private IRoomViewer[] _viewers = [];
    private RoomTotals _past = new();
    private long _mostLost;

    public Room(string id, TapPoint point, ILogger logger)
    {
        Id = id;
        Point = point;
        Video = new RoomTrack(MediaKind.Video, _videoTimeline);
        Audio = new RoomTrack(MediaKind.Audio, new RoomTimeline(RoomTrack.ClockRate(MediaKind.Audio)));
        _videoTracks = [Video];
        _videoTaps = new TapFeed(Video, point, logger);
        _audioTaps = new TapFeed(Audio, point, logger);
    }

    public string Id { get; }

    public TapPoint Point { get; }

    /// <summary>The video, or of simulcast the layer that the publisher names first.</summary>
    public RoomTrack Video { get; }

    public RoomTrack Audio { get; }

    /// <summary>Whose packets the room forwards.</summary>
    public IRoomPublisher? Publisher { get; private set; }

    /// <summary>A newer publisher that takes the room once it is connected; until then the present one goes on.</summary>
    public IRoomPublisher? Successor { get; private set; }

    /// <summary>The video's tracks: one a layer, in the order in which publishers name them; some may be silent.</summary>
    public ReadOnlySpan<RoomTrack> VideoTracks => _videoTracks;

    /// <inheritdoc cref="LayerList.Offers"/>
    public ReadOnlySpan<LayerOffer> Layers => _layers.Offers;

    /// <summary>The name of the best layer that is alive; null without simulcast.</summary>
    public string? BestLayer => Layers.IsEmpty ? null : _videoTracks[Layers[^1].Index].Layer;

    /// <summary>Whether the room has neither publisher nor viewers.</summary>
    public bool IsEmpty => Publisher is null && _viewers.Length == 0;

    /// <summary>When the last publisher left, on the media clock.</summary>
    public long EmptySince { get; private set; }

    /// <summary>The counts of present and past publishers and viewers.</summary>
    public RoomTotals Totals
    {
        get
        {
            var totals = Publisher is null ? _past : _past.With(Publisher.Statistics);
            foreach (var viewer in _viewers)
            {
                totals = totals.With(viewer.Statistics);
            }

            // RFC 3550 takes packets that come late off the losses; a count that falls would read as a restart.
            _mostLost = Math.Max(_mostLost, totals.PacketsLost);
            return totals with { PacketsLost = _mostLost };
        }
    }

    /// <summary>The figures at this moment.</summary>
    public RoomStatistics Statistics => new(
        Id, Publisher?.Statistics, [.. _viewers.Where(viewer => viewer.IsConnected).Select(viewer => viewer.Statistics)], Totals);

    public RoomTrack Track(MediaKind kind) => kind == MediaKind.Video ? Video : Audio;

    /// <summary>The track of a layer of the video.</summary>
    /// <param name="layer">The layer's place, 0 or more, less than <see cref="AcceptedLayers.Most"/>.</param>
    public RoomTrack VideoTrack(int layer)
    {
        while (layer >= _videoTracks.Length)
        {
            _videoTracks = [.. _videoTracks, new RoomTrack(MediaKind.Video, _videoTimeline)];
        }

        return _videoTracks[layer];
    }

    /// <summary>Gives the packets' memory back; the numbering is kept.</summary>
    public void Trim()
    {
        Audio.Trim();
        foreach (var track in _videoTracks)
        {
            track.Trim();
        }
    }

    /// <summary>Lets a publisher wait until it is connected.</summary>
    public void Await(IRoomPublisher publisher) => Successor = publisher;

    /// <summary>
    /// Gives the room to a publisher, who is asked for a key frame as soon as it can be. Viewers who did not agree to
    /// its codec must ask again.
    /// </summary>
    public void Publish(IRoomPublisher publisher)
    {
        Retire();
        Publisher = publisher;
        Successor = null;
        foreach (var track in _videoTracks)
        {
            track.KeyFrames = new KeyFrameRequests();
            track.KeyFrames.Want(urgent: true);
        }

        foreach (var viewer in _viewers)
        {
            if (viewer.VideoFormat is { } format
                && publisher.VideoFormat?.Name.Equals(format.Name, StringComparison.OrdinalIgnoreCase) == false)
            {
                viewer.End(GoneReason.MediaChanged);
            }
        }
    }

    /// <summary>Sends all viewers away.</summary>
    public void EndViewers(GoneReason reason)
    {
        foreach (var viewer in _viewers)
        {
            viewer.End(reason);
        }
    }

    /// <summary>A publisher has gone; the one that waits takes its place.</summary>
    public void Remove(IRoomPublisher publisher, long now)
    {
        if (publisher == Successor)
        {
            Successor = null;
        }
        else if (publisher == Publisher)
        {
            Retire();
            _layers.Clear();
            EmptySince = now;
            if (Successor is { } successor)
            {
                Publish(successor);
            }
        }
    }

    public void Add(IRoomViewer viewer) => _viewers = [.. _viewers, viewer];

    public void Remove(IRoomViewer viewer)
    {
        _past = _past.With(viewer.Statistics);
        _viewers = [.. _viewers.Where(other => other != viewer)];
    }

    /// <summary>Passes what has just been added to a track on to viewers, at once, and to taps, in order.</summary>
    public void Forward(RoomTrack track, in ReceivedPacket received, long now)
    {
        if (received.StartsKeyFrame)
        {
            track.KeyFrames.Seen();
            track.MarkKeyFrame(received.First, now);
            if (track == _videoTaps.Wanted)
            {
                _videoTaps.Change(received.First);
            }
        }

        foreach (var viewer in _viewers)
        {
            viewer.Forward(track, received, now);
        }

        (track.Kind == MediaKind.Video ? _videoTaps : _audioTaps).Serve(Publisher?.Media.VideoCodec ?? VideoCodec.None, now);
    }

    /// <summary>Asks the publisher for a key frame, now or as soon as one may be asked for.</summary>
    /// <param name="urgent">Whether somebody has just come and sees nothing before it.</param>
    public void RequestKeyFrame(RoomTrack track, bool urgent, long now)
    {
        track.KeyFrames.Want(urgent);
        Publisher?.RequestKeyFrameIfDue(now);
    }

    /// <summary>Does what is due while a publisher is there.</summary>
    public void Tick(long now)
    {
        _layers.Update(_videoTracks, now);
        Audio.Rate.Tick(now);
        if (Point.Taps.Length > 0)
        {
            _videoTaps.Choose(Layers, _videoTracks);
        }

        if (Point.TakeKeyFrameWish() || _videoTaps.Wanted is not null)
        {
            _videoTaps.Target.KeyFrames.Want(urgent: false);
        }

        Publisher?.RequestKeyFrameIfDue(now);
        var codec = Publisher?.Media.VideoCodec ?? VideoCodec.None;
        _videoTaps.Serve(codec, now);
        _audioTaps.Serve(codec, now);
    }

    private void Retire()
    {
        if (Publisher is not null)
        {
            _past = _past.With(Publisher.Statistics);
            Publisher = null;
        }
    }
}
