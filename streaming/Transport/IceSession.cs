using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Transport;

/// <summary>
/// What an ICE restart renews (RFC 8445 9): the credentials of both sides. DTLS and SRTP go on over whatever path the
/// newest ICE session finds.
/// </summary>
internal sealed class IceSession(string remoteUserFragment, string remotePassword)
{
    public string RemoteUserFragment { get; } = remoteUserFragment;

    /// <summary>The peer's password; keep it out of logs.</summary>
    public string RemotePassword { get; } = remotePassword;

    /// <summary>The edge's own credentials. The user fragment names the ICE session: no two share one.</summary>
    public IceCredentials Local { get; } = IceCredentials.Create();
}
