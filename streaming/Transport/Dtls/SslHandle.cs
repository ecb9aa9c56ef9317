using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Owns an SSL object, and with it the BIOs that were set on it.</summary>
internal sealed class SslHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_free(handle);
        return true;
    }
}
