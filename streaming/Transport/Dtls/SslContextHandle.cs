using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Owns an SSL_CTX. OpenSSL counts references, so connections made from it outlive its release.</summary>
internal sealed class SslContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_CTX_free(handle);
        return true;
    }
}
