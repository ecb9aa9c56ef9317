using System.Buffers.Binary;
using System.Numerics;

namespace Xunke.Actors.Lessons;

/// <summary>A piece of a spool: a kind, a length, a checksum (CRC-32C) of all, and the content.</summary>
internal static class SpoolFrame
{
    /// <summary>Bytes before the content.</summary>
    public const int HeadLength = 1 + sizeof(int) + sizeof(uint);

    private const int ChecksumAt = 1 + sizeof(int);

    /// <summary>Makes a frame.</summary>
    /// <param name="kind">What is in it.</param>
    /// <param name="content">The content.</param>
    public static byte[] Make(byte kind, ReadOnlySpan<byte> content)
    {
        var frame = new byte[HeadLength + content.Length];
        frame[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), content.Length);
        content.CopyTo(frame.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(ChecksumAt), Checksum(frame));
        return frame;
    }

    /// <summary>Reads the first frame.</summary>
    /// <param name="bytes">A file from some frame on.</param>
    /// <param name="kind">What is in it.</param>
    /// <param name="content">The content.</param>
    /// <returns>False where no whole and undamaged frame is.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out byte kind, out ReadOnlySpan<byte> content)
    {
        kind = 0;
        content = default;
        if (bytes.Length < HeadLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]);
        if (length < 0 || length > bytes.Length - HeadLength
            || Checksum(bytes[..(HeadLength + length)]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
        {
            return false;
        }

        kind = bytes[0];
        content = bytes.Slice(HeadLength, length);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> frame) =>
        ~Checksum(Checksum(uint.MaxValue, frame[..ChecksumAt]), frame[HeadLength..]);

    private static uint Checksum(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}
