using System.Buffers.Binary;
using System.Numerics;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>Reads EBML elements (RFC 8794) out of memory that may end anywhere.</summary>
internal ref struct EbmlReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Where the next element starts.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the identifier and size of the next element; its content comes next.</summary>
    /// <param name="size">The size of its content; <see cref="long.MaxValue"/> when unknown.</param>
    /// <returns>False at the end, and where no element is.</returns>
    public bool TryReadHead(out uint id, out long size)
    {
        id = 0;
        size = 0;
        var start = Position;
        var idLength = LengthOfNumber(_data[start..]);
        if (idLength is 0 or > 4 || _data.Length - start <= idLength)
        {
            return false;
        }

        Position += idLength;
        if (!TryReadNumber(out var value, out var isUnknown))
        {
            Position = start;
            return false;
        }

        id = (uint)Unsigned(_data.Slice(start, idLength));
        size = isUnknown ? long.MaxValue : (long)value;
        return true;
    }

    /// <summary>Reads a number of variable length (section 4).</summary>
    /// <param name="isUnknown">Whether all its bits are set, which as a size means that it is not known.</param>
    public bool TryReadNumber(out ulong value, out bool isUnknown)
    {
        (value, isUnknown) = (0, false);
        var rest = _data[Position..];
        var length = LengthOfNumber(rest);
        if (length == 0 || rest.Length < length)
        {
            return false;
        }

        var marker = 1UL << (7 * length);
        value = Unsigned(rest[..length]) & (marker - 1);
        isUnknown = value == marker - 1;
        Position += length;
        return true;
    }

    /// <summary>Takes the content of an element.</summary>
    /// <returns>False when the data ends first.</returns>
    public bool TryTake(long size, out ReadOnlySpan<byte> content)
    {
        content = [];
        if (size > _data.Length - Position)
        {
            return false;
        }

        content = _data.Slice(Position, (int)size);
        Position += (int)size;
        return true;
    }

    /// <summary>A number of up to eight bytes, the highest first.</summary>
    public static ulong Unsigned(ReadOnlySpan<byte> content)
    {
        ulong value = 0;
        foreach (var part in content)
        {
            value = (value << 8) | part;
        }

        return value;
    }

    /// <summary>The time in a block, relative to its cluster.</summary>
    public static short BlockTime(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadInt16BigEndian(block[1..]);

    /// <summary>The number of leading zero bits tells the length (section 4.1); 0 where it is none.</summary>
    private static int LengthOfNumber(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] == 0 ? 0 : BitOperations.LeadingZeroCount((uint)rest[0]) - 23;
}
