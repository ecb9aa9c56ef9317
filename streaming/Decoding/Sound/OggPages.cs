using System.Buffers.Binary;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Puts Opus packets into Ogg pages (RFC 3533, RFC 7845), in one buffer of its own. Not thread-safe.</summary>
internal sealed class OggPages
{
    /// <summary>Opus counts time in this many samples a second, whatever it carries.</summary>
    public const int Clock = 48_000;

    private const int HeaderLength = 27;
    private const int MostSegments = 255;
    private const int LongestSegment = 255;
    private const byte BeginsStream = 2;

    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly byte[] _page = new byte[HeaderLength + MostSegments + MostSegments * LongestSegment];
    private readonly byte[] _lacing = new byte[MostSegments];
    private readonly byte[] _body = new byte[MostSegments * LongestSegment];
    private int _segments;
    private int _length;
    private uint _number;

    /// <summary>Whether no packet waits for its page.</summary>
    public bool IsEmpty => _segments == 0;

    /// <summary>The page that a stream begins with. Nothing is said to be skipped: what came before the first packet is not here.</summary>
    /// <param name="channels">1 or 2.</param>
    public ReadOnlyMemory<byte> Head(int channels)
    {
        Span<byte> head = stackalloc byte[19];
        "OpusHead"u8.CopyTo(head);
        head[8] = 1;
        head[9] = (byte)channels;
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], Clock);
        TryAdd(head);
        return Take(0, BeginsStream);
    }

    /// <summary>The second page: no comments.</summary>
    public ReadOnlyMemory<byte> Tags()
    {
        Span<byte> tags = stackalloc byte[16];
        tags.Clear();
        "OpusTags"u8.CopyTo(tags);
        TryAdd(tags);
        return Take(0, 0);
    }

    /// <summary>Adds a packet to the page in hand.</summary>
    /// <returns>False when it does not fit.</returns>
    public bool TryAdd(ReadOnlySpan<byte> packet)
    {
        var segments = packet.Length / LongestSegment + 1;
        if (_segments + segments > MostSegments)
        {
            return false;
        }

        packet.CopyTo(_body.AsSpan(_length));
        _length += packet.Length;
        _lacing.AsSpan(_segments, segments - 1).Fill(LongestSegment);
        _lacing[_segments + segments - 1] = (byte)(packet.Length % LongestSegment);
        _segments += segments;
        return true;
    }

    /// <summary>Ends the page in hand.</summary>
    /// <param name="end">Where its last packet ends, on Opus' clock.</param>
    /// <returns>The page; valid until the next one is taken.</returns>
    public ReadOnlyMemory<byte> Take(long end) => Take(end, 0);

    private ReadOnlyMemory<byte> Take(long end, byte kind)
    {
        var length = HeaderLength + _segments + _length;
        var page = _page.AsSpan(0, length);
        page[..HeaderLength].Clear();
        "OggS"u8.CopyTo(page);
        page[5] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(page[6..], end);
        page[14] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(page[18..], _number++);
        page[26] = (byte)_segments;
        _lacing.AsSpan(0, _segments).CopyTo(page[HeaderLength..]);
        _body.AsSpan(0, _length).CopyTo(page[(HeaderLength + _segments)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(page[22..], Crc(page));
        (_segments, _length) = (0, 0);
        return _page.AsMemory(0, length);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (var one in bytes)
        {
            crc = (crc << 8) ^ CrcTable[(crc >> 24) ^ one];
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            var crc = index << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc & 0x8000_0000) != 0 ? 0x04C1_1DB7u : 0);
            }

            table[index] = crc;
        }

        return table;
    }
}
