using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>EBML elements (RFC 8794) being written into a pooled buffer that grows.</summary>
internal sealed class EbmlBuffer(int capacity) : IDisposable
{
    /// <summary>Bytes of the size of an element whose length is filled in later: up to 256 MiB.</summary>
    public const int MasterSizeLength = 4;

    private byte[] _data = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public Span<byte> Written => _data.AsSpan(0, Length);

    /// <summary>What was written, for writing it on.</summary>
    public ReadOnlyMemory<byte> Memory => _data.AsMemory(0, Length);

    /// <summary>Begins an element whose length is not known yet.</summary>
    /// <returns>To be given to <see cref="End"/>.</returns>
    public int Begin(uint id)
    {
        Id(id);
        Reserve(MasterSizeLength);
        Length += MasterSizeLength;
        return Length;
    }

    /// <summary>Ends an element: its length is what was written since.</summary>
    public void End(int start) =>
        BinaryPrimitives.WriteUInt32BigEndian(_data.AsSpan(start - MasterSizeLength), 0x1000_0000u | (uint)(Length - start));

    /// <summary>An unsigned integer in as few bytes as it needs.</summary>
    public void Unsigned(uint id, ulong value)
    {
        var length = Math.Max(1, (71 - BitOperations.LeadingZeroCount(value)) / 8);
        Id(id);
        Size((ulong)length);
        BigEndian(value, length);
    }

    /// <summary>An unsigned integer in eight bytes, which can be changed later without moving what follows.</summary>
    public void Unsigned64(uint id, ulong value)
    {
        Id(id);
        Size(8);
        BigEndian(value, 8);
    }

    /// <summary>A floating-point number in eight bytes.</summary>
    public void Float(uint id, double value) => Unsigned64(id, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A text of ASCII characters.</summary>
    public void Text(uint id, string text)
    {
        Id(id);
        Size((ulong)text.Length);
        Reserve(text.Length);
        Length += Encoding.ASCII.GetBytes(text, _data.AsSpan(Length));
    }

    public void Binary(uint id, ReadOnlySpan<byte> content)
    {
        Id(id);
        Size((ulong)content.Length);
        Append(content);
    }

    /// <summary>An element to be passed over, of this length in all (2 to 128 bytes): room for something to come.</summary>
    public void Void(int length)
    {
        Id(MatroskaElement.Void);
        Size((ulong)(length - 2));
        Reserve(length - 2);
        _data.AsSpan(Length, length - 2).Clear();
        Length += length - 2;
    }

    /// <summary>The identifier of an element; its length marker is a part of the constant.</summary>
    public void Id(uint id) => BigEndian(id, (39 - BitOperations.LeadingZeroCount(id)) / 8);

    /// <summary>The size of an element in as few bytes as it needs (RFC 8794 section 4).</summary>
    public void Size(ulong size)
    {
        // All ones in every length mean "unknown", so a length of n bytes holds up to 2^7n - 2.
        var length = 1;
        while (size >= (1UL << (7 * length)) - 1)
        {
            length++;
        }

        BigEndian(size | (1UL << (7 * length)), length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_data.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>A number of so many bytes, the highest first.</summary>
    public void BigEndian(ulong value, int length)
    {
        Reserve(length);
        for (var shift = 8 * (length - 1); shift >= 0; shift -= 8)
        {
            _data[Length++] = (byte)(value >> shift);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        var data = _data;
        _data = [];
        Length = 0;
        if (data.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    private void Reserve(int more)
    {
        if (Length + more <= _data.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, 2 * _data.Length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_data);
        _data = larger;
    }
}
