using Microsoft.Extensions.Logging;
using Xunke.Streaming.Congestion;
using Xunke.Streaming.Sessions;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// A room: one publisher at most, its viewers, and the numbering that outlives publishers. Guarded by the media
/// plane's lock.
/// </summary>
internal sealed class Room
{
    private readonly LayerOffer[] _layers = new LayerOffer[1];
    private int _layerCount;
    private ViewerSession[] _viewers = [];
    private RoomTotals _past = new();
    private long _mostLost;

    public Room(string id, TapPoint point, ILogger logger)
    {
        Id = id;
        Point = point;
        Video = new RoomTrack(MediaKind.Video, point, logger);
        Audio = new RoomTrack(MediaKind.Audio, point, logger);
    }

    public string Id { get; }

    public TapPoint Point { get; }

    public RoomTrack Video { get; }

    public RoomTrack Audio { get; }

    /// <summary>Whose packets the room forwards.</summary>
    public IRoomPublisher? Publisher { get; private set; }

    /// <summary>A newer publisher that takes the room once it is connected; until then the present one goes on.</summary>
    public PublisherSession? Successor { get; private set; }

    public ReadOnlySpan<ViewerSession> Viewers => _viewers;

    /// <summary>The layers of the video that are alive, the cheapest first.</summary>
    public ReadOnlySpan<LayerOffer> Layers => _layers.AsSpan(0, _layerCount);

    /// <summary>Whether the room has neither publisher nor viewers.</summary>
    public bool IsEmpty => Publisher is null && _viewers.Length == 0;

    public KeyFrameRequests KeyFrames { get; private set; } = new();

    /// <summary>When the last publisher left, on the media clock.</summary>
    public long EmptySince { get; private set; }

    /// <summary>The counts of those who are here and of those who have left.</summary>
    public RoomTotals Totals
    {
        get
        {
            var totals = Publisher is null ? _past : _past.With(Publisher.Statistics);
            foreach (var viewer in _viewers)
            {
                totals = totals.With(RoomFigures.Of(viewer));
            }

            // RFC 3550 takes packets that come late off the losses; a count that falls would read as a restart.
            _mostLost = Math.Max(_mostLost, totals.PacketsLost);
            return totals with { PacketsLost = _mostLost };
        }
    }

    public RoomTrack Track(MediaKind kind) => kind == MediaKind.Video ? Video : Audio;

    /// <summary>Lets a publisher wait until it is connected.</summary>
    public void Await(PublisherSession publisher) => Successor = publisher;

    /// <summary>
    /// Gives the room to a publisher, who is asked for a key frame as soon as it can be. Viewers who did not agree to
    /// its codec must ask again.
    /// </summary>
    public void Publish(IRoomPublisher publisher)
    {
        Retire();
        Publisher = publisher;
        Successor = null;
        KeyFrames = new KeyFrameRequests();
        KeyFrames.Want(urgent: true);
        foreach (var viewer in _viewers)
        {
            if (viewer.VideoFormat is { } format && publisher.VideoFormat?.Name.Equals(format.Name, StringComparison.OrdinalIgnoreCase) == false)
            {
                viewer.End(GoneReason.MediaChanged);
            }
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
            _layerCount = 0;
            EmptySince = now;
            if (Successor is { } successor)
            {
                Publish(successor);
            }
        }
    }

    public void Add(ViewerSession viewer) => _viewers = [.. _viewers, viewer];

    public void Remove(ViewerSession viewer)
    {
        _past = _past.With(RoomFigures.Of(viewer));
        _viewers = [.. _viewers.Where(other => other != viewer)];
    }

    /// <summary>Passes what has just been added to a track on to viewers, at once, and to taps, in order.</summary>
    public void Forward(RoomTrack track, in ReceivedPacket received, long now)
    {
        if (received.StartsKeyFrame)
        {
            KeyFrames.Seen();
            track.MarkKeyFrame(received.First, now);
        }

        foreach (var viewer in _viewers)
        {
            viewer.Forward(track, received, now);
        }

        track.ServeTaps(Publisher?.Media.VideoCodec ?? VideoCodec.None, now);
    }

    /// <summary>Asks the publisher for a key frame, now or as soon as one may be asked for.</summary>
    /// <param name="urgent">Whether somebody has just come and sees nothing before it.</param>
    public void RequestKeyFrame(bool urgent, long now)
    {
        KeyFrames.Want(urgent);
        Publisher?.RequestKeyFrameIfDue(now);
    }

    /// <summary>Does what is due while a publisher is there.</summary>
    public void Tick(long now)
    {
        if (Point.TakeKeyFrameWish())
        {
            KeyFrames.Want(urgent: false);
        }

        Publisher?.RequestKeyFrameIfDue(now);
        Video.Rate.Tick(now);
        Audio.Rate.Tick(now);
        _layerCount = 0;
        if (Video.Rate.BitsPerSecond > 0)
        {
            _layers[_layerCount++] = new LayerOffer(0, Video.Rate.BitsPerSecond);
        }

        var codec = Publisher?.Media.VideoCodec ?? VideoCodec.None;
        Video.ServeTaps(codec, now);
        Audio.ServeTaps(codec, now);
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
