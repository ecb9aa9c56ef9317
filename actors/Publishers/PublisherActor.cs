using Xunke.Actors.Messaging;
using Xunke.Streaming.Edge;

namespace Xunke.Actors.Publishers;

/// <summary>
/// The publishers that come to a room by WHIP: one, or for a moment two. Key, camera and offers come one after another, so that
/// nobody publishes with a key that was rotated while the offer was read.
/// </summary>
internal sealed class PublisherActor : TypedActor<PublisherMessage>
{
    private readonly string _roomId;
    private readonly MediaServer _media;
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private int _keyVersion;
    private bool _hasCamera;

    private PublisherActor(string roomId, MediaServer media) => (_roomId, _media) = (roomId, media);

    public static MailboxBound Mailbox { get; } = new("publisher", 64);

    public static Props<PublisherMessage> Props(string roomId, MediaServer media) =>
        Props<PublisherMessage>.Of(() => new PublisherActor(roomId, media), Mailbox);

    protected override void Handle(PublisherMessage message)
    {
        switch (message)
        {
            case PublishRoom publish:
                AnswerOrFail(publish, () => Publish(publish));
                break;
            case FindPublisher find:
                Answer(find, new PublisherFound(_sessions.Contains(find.SessionId)));
                break;
            case EndPublisher end:
                Answer(end, new PublisherFound(Close(end.SessionId)));
                break;
            case KeyRotated rotated:
                _keyVersion = rotated.Version;
                CloseAll();
                break;
            case CameraChosen chosen:
                _hasCamera = chosen.HasCamera;
                if (_hasCamera)
                {
                    CloseAll();
                }

                break;
            case PublisherEnded ended:
                _sessions.Remove(ended.SessionId);
                break;
        }
    }

    private RoomPublished Publish(PublishRoom publish)
    {
        if (publish.KeyVersion < _keyVersion || _hasCamera)
        {
            return new RoomPublished(null);
        }

        var answer = _media.Publish(_roomId, publish.Offer);
        _sessions.Add(answer.SessionId);
        return new RoomPublished(answer);
    }

    private void CloseAll()
    {
        foreach (var session in _sessions.ToList())
        {
            Close(session);
        }
    }

    private bool Close(string sessionId) => _sessions.Remove(sessionId) && _media.Close(sessionId);
}
