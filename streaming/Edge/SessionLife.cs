using Microsoft.Extensions.Logging;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <summary>
/// Sessions connect, are replaced and go: their rooms, the observers and the log are told. Guarded by the media plane's lock.
/// </summary>
internal sealed partial class SessionLife(SessionTable sessions, SessionLimits limits, MediaClock clock, MediaEvents events, ILogger logger)
{
    /// <summary>A session's handshake is finished.</summary>
    public void Connected(MediaSession session, long now)
    {
        var (roomId, id) = (session.RoomId, session.Id);
        if (session is PublisherSession publisher)
        {
            if (publisher.Room.Successor == publisher)
            {
                Replace(publisher.Room.Publisher);
                publisher.Room.Publish(publisher);
            }

            Connected(publisher.Room, publisher, (now - session.Created) / 1000);
        }
        else if (session is ViewerSession viewer)
        {
            Replace(limits.ReplacedBy(viewer));
            LogViewerConnected(logger, roomId, id, (now - session.Created) / 1000);
            events.Add(observer => observer.ViewerConnected(roomId, id));
        }
    }

    /// <summary>A camera has taken its room.</summary>
    public void Connected(CameraPublisher camera) => Connected(camera.Room, camera, milliseconds: 0);

    /// <summary>Takes the place of a publisher, if there is one.</summary>
    public void Replace(IRoomPublisher? older)
    {
        switch (older)
        {
            case PublisherSession session:
                LogReplaced(logger, session.RoomId, session.Id);
                session.End(GoneReason.Replaced);
                Remove(session);
                break;
            case CameraPublisher camera:
                LogReplaced(logger, camera.Room.Id, camera.Id);
                Remove(camera, GoneReason.Replaced);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the place of viewers.</summary>
    public void Replace(List<ViewerSession> older)
    {
        foreach (var viewer in older)
        {
            viewer.End(GoneReason.Replaced);
            Remove(viewer);
        }
    }

    /// <summary>Removes a session that has ended.</summary>
    public void Remove(MediaSession session)
    {
        var (roomId, id, reason) = (session.RoomId, session.Id, session.Ended ?? GoneReason.Closed);
        session.Dispose();
        sessions.Remove(session);
        if (session is ViewerSession viewer)
        {
            viewer.Room.Remove(viewer);
            events.Add(observer => observer.ViewerGone(roomId, id, reason));
        }
        else if (session is PublisherSession publisher)
        {
            publisher.Room.Remove(publisher, clock.Now);
            events.Add(observer => observer.PublisherGone(roomId, id, reason));
        }

        LogGone(logger, roomId, id, reason, session.Refused);
    }

    /// <summary>Takes a camera out of its room.</summary>
    public void Remove(CameraPublisher camera, GoneReason reason)
    {
        var (roomId, id) = (camera.Room.Id, camera.Id);
        camera.Room.Remove(camera, clock.Now);
        events.Add(observer => observer.PublisherGone(roomId, id, reason));
        LogGone(logger, roomId, id, reason, camera.Refused);
    }

    /// <summary>A session has begun another ICE session.</summary>
    public void Restarted(MediaSession session) => LogRestarted(logger, session.RoomId, session.Id);

    private void Connected(Room room, IRoomPublisher publisher, long milliseconds)
    {
        var (roomId, id, media) = (room.Id, publisher.Id, publisher.Media);
        LogPublisherConnected(logger, roomId, id, media.VideoCodec, media.AudioCodec, milliseconds);
        events.Add(observer => observer.PublisherConnected(roomId, id, media));
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Room {RoomId}: publisher {SessionId} connected after {Milliseconds} ms with {Video} and {Audio}")]
    private static partial void LogPublisherConnected(
        ILogger logger, string roomId, string sessionId, VideoCodec video, AudioCodec audio, long milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: viewer {SessionId} connected after {Milliseconds} ms")]
    private static partial void LogViewerConnected(ILogger logger, string roomId, string sessionId, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId}: a newer publisher replaces {SessionId}")]
    private static partial void LogReplaced(ILogger logger, string roomId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: session {SessionId} restarts ICE")]
    private static partial void LogRestarted(ILogger logger, string roomId, string sessionId);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Room {RoomId}: session {SessionId} is gone: {Reason}; {Refused} packets refused")]
    private static partial void LogGone(ILogger logger, string roomId, string sessionId, GoneReason reason, long refused);
}
