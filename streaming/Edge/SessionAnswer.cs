namespace Xunke.Streaming.Edge;

/// <summary>A media session that was accepted.</summary>
/// <param name="SessionId">Names the session in later calls; unguessable, safe in a URL.</param>
/// <param name="IceSession">Names the session's present ICE session, as an entity tag may; see <see cref="MediaServer.UpdateIce"/>.</param>
/// <param name="Sdp">The SDP answer (RFC 8866) for the peer, complete with candidates: no trickle follows.</param>
public sealed record SessionAnswer(string SessionId, string IceSession, string Sdp);
