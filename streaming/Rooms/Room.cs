using Microsoft.Extensions.Logging;
using Xunke.Streaming.Sessions;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// A room: one publisher at most, its viewers, and the numbering that outlives publishers. Guarded by the media
/// plane's lock.
/// </summary>
internal sealed class Room
{
    private ViewerSession[] _viewers = [];

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

    public IRoomPublisher? Publisher { get; private set; }

    public ReadOnlySpan<ViewerSession> Viewers => _viewers;

    /// <summary>Whether the room has neither publisher nor viewers.</summary>
    public bool IsEmpty => Publisher is null && _viewers.Length == 0;

    public KeyFrameRequests KeyFrames { get; private set; } = new();

    /// <summary>When the last publisher left, on the media clock.</summary>
    public long EmptySince { get; private set; }

    public RoomTrack Track(MediaKind kind) => kind == MediaKind.Video ? Video : Audio;

    /// <summary>Gives the room to a publisher.</summary>
    public void Publish(IRoomPublisher publisher)
    {
        Publisher = publisher;
        KeyFrames = new KeyFrameRequests();
    }

    /// <summary>Takes the room from its publisher.</summary>
    public void Unpublish(long now)
    {
        Publisher = null;
        EmptySince = now;
    }

    public void Add(ViewerSession viewer) => _viewers = [.. _viewers, viewer];

    public void Remove(ViewerSession viewer) => _viewers = [.. _viewers.Where(other => other != viewer)];

    /// <summary>Passes a packet that has just been added to a track on to viewers and taps.</summary>
    public void Forward(RoomTrack track, long index, long now)
    {
        if (track.TryGet(index, out var packet))
        {
            foreach (var viewer in _viewers)
            {
                viewer.Forward(track.Kind, index, packet);
            }
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
        var codec = Publisher?.Media.VideoCodec ?? VideoCodec.None;
        Video.ServeTaps(codec, now);
        Audio.ServeTaps(codec, now);
    }
}
