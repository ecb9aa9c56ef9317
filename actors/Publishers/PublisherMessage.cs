using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Streaming.Edge;

namespace Xunke.Actors.Publishers;

/// <summary>What a <see cref="PublisherActor"/> understands.</summary>
public abstract record PublisherMessage : RoomMessage;

/// <summary>Somebody with the room's key wants to publish to it.</summary>
/// <param name="Offer">The SDP offer.</param>
/// <param name="KeyVersion">The version of the key.</param>
public sealed record PublishRoom(string Offer, int KeyVersion) : PublisherMessage, IQuestion<PublisherMessage, RoomPublished>;

/// <summary>The answer to <see cref="PublishRoom"/>. Where the media server refuses the offer, its exception is thrown at the
/// asker.</summary>
/// <param name="Answer">The media session; null where the key was rotated or a camera set meanwhile.</param>
public sealed record RoomPublished(SessionAnswer? Answer);

/// <summary>Whether a media session is a publisher of this room.</summary>
/// <param name="SessionId">Which.</param>
public sealed record FindPublisher(string SessionId) : PublisherMessage, IQuestion<PublisherMessage, PublisherFound>;

/// <summary>End a publisher's media session.</summary>
/// <param name="SessionId">Which.</param>
public sealed record EndPublisher(string SessionId) : PublisherMessage, IQuestion<PublisherMessage, PublisherFound>;

/// <summary>Whether it is one, or was.</summary>
public sealed record PublisherFound(bool IsThere);

/// <summary>The room's key was rotated: who came with an older one is sent away.</summary>
/// <param name="Version">The new key's.</param>
public sealed record KeyRotated(int Version) : PublisherMessage;

/// <summary>The room has an RTSP camera from now on, and takes no other publisher, or has none any more.</summary>
public sealed record CameraChosen(bool HasCamera) : PublisherMessage;

/// <summary>The media server has ended a publisher's session.</summary>
internal sealed record PublisherEnded(string SessionId) : PublisherMessage;
