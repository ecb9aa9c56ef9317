namespace Xunke.Streaming.Edge;

/// <summary>What became of an SDP fragment that a peer sent after the answer (RFC 9725 4.3).</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="IceSession">Names the session's present ICE session, as an entity tag may.</param>
/// <param name="SdpFragment">After a restart, the edge's new credentials and candidates (RFC 8840) for the peer; otherwise null.</param>
public sealed record IceUpdate(IceUpdateOutcome Outcome, string IceSession, string? SdpFragment);
