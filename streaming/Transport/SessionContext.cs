using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Transport;

/// <summary>What all sessions share.</summary>
/// <param name="Clock">The media clock.</param>
/// <param name="Certificate">The edge's DTLS certificate.</param>
/// <param name="Outbox">Where datagrams leave.</param>
/// <param name="VanishAfter">Silence after which a peer is gone, in microseconds.</param>
/// <param name="HandshakeWithin">Time that connecting may take, in microseconds.</param>
internal sealed record SessionContext(MediaClock Clock, DtlsCertificate Certificate, Outbox Outbox, long VanishAfter, long HandshakeWithin)
{
    /// <summary>Time that a viewer has until its first connectivity check, in microseconds.</summary>
    public long FirstCheckWithin { get; init; } = HandshakeWithin;
}
