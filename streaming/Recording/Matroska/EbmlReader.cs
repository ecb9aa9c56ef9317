using System.Buffers.Binary;
using System.Numerics;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>Reads EBML elements (RFC 8794) out of memory that may end anywhere.</summary>
/// <param name="data">Starts with an element.</param>
internal ref struct EbmlReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Where the next element starts.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the identifier and size of the next element; its content comes next.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="size">The size of its content; <see cref="long.MaxValue"/> when unknown.</param>
    /// <returns>False at the end, and where no element is.</returns>
    public bool TryReadHead(out uint id, out long size)
    {
        id = 0;
        size = 0;
        var rest = _data[Position..];
        var idLength = LengthOfNumber(rest);
        if (idLength is 0 or > 4 || rest.Length <= idLength)
        {
            return false;
        }

        var sizeLength = LengthOfNumber(rest[idLength..]);
        if (sizeLength == 0 || rest.Length < idLength + sizeLength)
        {
            return false;
        }

        id = (uint)Unsigned(rest[..idLength]);
        var marker = 1UL << (7 * sizeLength);
        var value = Unsigned(rest.Slice(idLength, sizeLength)) & (marker - 1);
        size = value == marker - 1 ? long.MaxValue : (long)value;
        Position += idLength + sizeLength;
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
