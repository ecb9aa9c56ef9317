using System.Buffers.Binary;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>
/// The messages between the pool and a worker, over the worker's standard input and output. All numbers are
/// little-endian. Each message is
/// <code>
/// u32 length of what follows, u8 kind, then by kind:
///
/// pool to worker
///   1 Unit   u32 room, i64 captured at (UTC ticks), u8 codec (1 H264, 2 VP8), u8 flags (1 key, 2 sample), data
///   2 Forget u32 room
/// worker to pool
///   3 Hello  u8 version of this protocol, u8 0, u16 major, u16 minor, u16 micro of libavcodec
///   4 Frame  u32 room, i64 captured at, u16 source width, u16 source height, u16 width, u16 height, RGB pixels
///   5 Error  u32 room, u8 1 if the unit was a key frame
///   6 Refuse text in UTF-8: why the worker cannot work at all; it ends afterwards
/// </code>
/// A message that breaks these rules ends the process that sent it.
/// </summary>
internal static class WorkerProtocol
{
    public const byte Version = 1;
    public const byte Unit = 1;
    public const byte Forget = 2;
    public const byte Hello = 3;
    public const byte Frame = 4;
    public const byte Error = 5;
    public const byte Refuse = 6;

    public const byte KeyFlag = 1;
    public const byte SampleFlag = 2;

    /// <summary>Length and kind.</summary>
    public const int PrefixLength = 5;

    /// <summary>Prefix and fields before a unit's data.</summary>
    public const int UnitHeaderLength = PrefixLength + 14;

    /// <summary>Prefix and fields of Forget.</summary>
    public const int ForgetLength = PrefixLength + 4;

    /// <summary>Prefix and fields of Hello.</summary>
    public const int HelloLength = PrefixLength + 8;

    /// <summary>Prefix and fields before a frame's pixels.</summary>
    public const int FrameHeaderLength = PrefixLength + 20;

    /// <summary>Prefix and fields of Error.</summary>
    public const int ErrorLength = PrefixLength + 5;

    /// <summary>The longest text of Refuse, in bytes.</summary>
    public const int LongestRefusal = 1024;

    /// <summary>The largest access unit that is sent, in bytes of data.</summary>
    public const int LargestUnit = 4 * 1024 * 1024;

    /// <summary>Writes a message's prefix.</summary>
    /// <param name="message">The whole message's first bytes.</param>
    /// <param name="total">The whole message's length, prefix included.</param>
    public static void WritePrefix(Span<byte> message, int total, byte kind)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)(total - sizeof(uint)));
        message[4] = kind;
    }

    /// <summary>Reads a message's prefix.</summary>
    /// <param name="prefix">The first bytes of a message.</param>
    /// <returns>Its kind, and the length of the body that follows the prefix.</returns>
    /// <exception cref="InvalidDataException">The length is out of any range.</exception>
    public static (byte Kind, int BodyLength) ReadPrefix(ReadOnlySpan<byte> prefix)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        return length is >= 1 and <= int.MaxValue
            ? (prefix[4], (int)length - 1)
            : throw new InvalidDataException($"A message says that it is {length} bytes long.");
    }

    public static byte CodecNumber(VideoCodec codec) => codec switch
    {
        VideoCodec.H264 => 1,
        VideoCodec.Vp8 => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "Only video that is decoded has a number."),
    };

    /// <summary>The codec of a number on the wire.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static VideoCodec CodecOf(byte number) => number switch
    {
        1 => VideoCodec.H264,
        2 => VideoCodec.Vp8,
        _ => throw new InvalidDataException($"There is no codec {number}."),
    };
}
