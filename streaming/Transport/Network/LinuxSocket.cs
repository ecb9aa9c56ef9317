using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The Linux system calls that move many datagrams at once (recvmmsg(2), sendmmsg(2), udp(7)); layouts are those of 64-bit
/// Linux.</summary>
internal static unsafe partial class LinuxSocket
{
    /// <summary>Returns after the first datagram, with whatever else has come.</summary>
    public const int WaitForOne = 0x10000;

    /// <summary>Fails instead of waiting.</summary>
    public const int DoNotWait = 0x40;

    public const int ErrorInterrupted = 4;

    public const int ErrorInputOutput = 5;

    public const int ErrorInvalid = 22;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int recvmmsg(int socket, MultipleMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int sendmmsg(int socket, MultipleMessage* messages, uint count, int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: a struct msghdr, which is padded to whole pointers, and the length moved.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct MultipleMessage
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public Vector* Vectors;

        [FieldOffset(24)]
        public nuint VectorCount;

        [FieldOffset(32)]
        public void* Control;

        [FieldOffset(40)]
        public nuint ControlLength;

        [FieldOffset(48)]
        public int Flags;

        [FieldOffset(56)]
        public uint Length;
    }

    /// <summary>A control message that holds a segment size: struct cmsghdr and an unsigned short, padded.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SegmentControl
    {
        private const int SolUdp = 17;
        private const int UdpSegment = 103;
        private const int HeaderAndShort = 18;

        public nuint Length;
        public int Level;
        public int Type;
        public ushort SegmentSize;

        public static SegmentControl Of(int segmentSize) =>
            new() { Length = HeaderAndShort, Level = SolUdp, Type = UdpSegment, SegmentSize = (ushort)segmentSize };
    }
}
