using Xunke.Streaming.Publishers;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Edge;

/// <content>Publishers that are no WebRTC peers: cameras whose packets come over loopback.</content>
internal sealed partial class MediaPlane
{
    /// <summary>Gives a room to a camera; it replaces the room's present publisher.</summary>
    public CameraPublisher PublishCamera(string roomId, RtpCodec video, RtpCodec? audio)
    {
        lock (_gate)
        {
            var room = _rooms.GetOrAdd(roomId);
            Replace(room.Successor);
            Replace(room.Publisher);
            var camera = new CameraPublisher(room, video, audio);
            room.Publish(camera);
            LogPublisherConnected(_logger, roomId, camera.Id, camera.Media.VideoCodec, camera.Media.AudioCodec, 0);
            _events.Add(observer => observer.PublisherConnected(roomId, camera.Id, camera.Media));
            return camera;
        }
    }

    /// <summary>Takes frames of a camera.</summary>
    /// <returns>False once it has been replaced.</returns>
    public bool Receive(CameraPublisher camera, MediaKind kind, ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            if (camera.Room.Publisher != camera)
            {
                return false;
            }

            camera.Receive(kind, frames, _context.Clock.Now);
            _context.Outbox.Flush();
            return true;
        }
    }

    /// <summary>Takes a camera out of its room; nothing when it has been replaced.</summary>
    public void Close(CameraPublisher camera, GoneReason reason)
    {
        lock (_gate)
        {
            if (camera.Room.Publisher == camera)
            {
                Remove(camera, reason);
            }
        }
    }

    private void Remove(CameraPublisher camera, GoneReason reason)
    {
        var (roomId, id) = (camera.Room.Id, camera.Id);
        camera.Room.Remove(camera, _context.Clock.Now);
        _events.Add(observer => observer.PublisherGone(roomId, id, reason));
        LogGone(_logger, roomId, id, reason, camera.Refused);
    }
}
