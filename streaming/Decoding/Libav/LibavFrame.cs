using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Libav;

/// <summary>The first fields of AVFrame, the same in libavutil 56 to 60. Allocated by libavutil only.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LibavFrame
{
    public PlanePointers Data;
    public fixed int LineSizes[8];
    public byte** ExtendedData;
    public int Width;
    public int Height;
    public int SampleCount;
    public int PixelFormat;

    /// <summary>AV_NUM_DATA_POINTERS planes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PlanePointers
    {
        public byte* First;
        public fixed long Others[7];
    }
}
