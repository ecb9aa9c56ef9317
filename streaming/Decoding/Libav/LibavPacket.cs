using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Libav;

/// <summary>The first fields of AVPacket, the same in libavcodec 58 to 62. Allocated by libavcodec only.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LibavPacket
{
    public void* Buffer;
    public long PresentationTime;
    public long DecodingTime;
    public byte* Data;
    public int Size;
}
