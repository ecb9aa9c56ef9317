using System.Buffers;

namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>
/// One coded picture as a decoder takes it: H.264 in Annex B form, or one VP8 frame. The buffer is pooled and keeps
/// <see cref="HeadRoom"/> bytes free in front, so that a message header can be set before the data without a copy.
/// </summary>
internal sealed class AccessUnit
{
    /// <summary>Bytes kept free before the data.</summary>
    public const int HeadRoom = 32;

    private const int OwnLength = 32 * 1024;

    private readonly byte[] _own = new byte[OwnLength];
    private readonly AccessUnitPool _pool;
    private byte[] _buffer;

    /// <summary>Makes an empty unit.</summary>
    public AccessUnit(AccessUnitPool pool)
    {
        _pool = pool;
        _buffer = _own;
    }

    /// <summary>The codec of the data.</summary>
    public VideoCodec Codec { get; set; }

    /// <summary>A decoder can start here.</summary>
    public bool IsKey { get; set; }

    /// <summary>RTP timestamp, 90 kHz.</summary>
    public uint Timestamp { get; set; }

    /// <summary>When the last packet arrived.</summary>
    public DateTimeOffset CapturedAt { get; set; }

    /// <summary>Bytes of data so far.</summary>
    public int Length { get; private set; }

    public Span<byte> Data => _buffer.AsSpan(HeadRoom, Length);

    /// <summary>The last bytes of the head room, then the data.</summary>
    /// <param name="header">How many bytes of the head room, at most <see cref="HeadRoom"/>.</param>
    public Memory<byte> WithHeader(int header) => _buffer.AsMemory(HeadRoom - header, header + Length);

    /// <summary>Makes an empty unit of the next picture.</summary>
    /// <param name="timestamp">RTP timestamp.</param>
    public void Begin(VideoCodec codec, uint timestamp)
    {
        Codec = codec;
        Timestamp = timestamp;
        IsKey = false;
        Length = 0;
    }

    /// <summary>Adds data at the end.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        Reserve(data.Length);
        data.CopyTo(_buffer.AsSpan(HeadRoom + Length));
        Length += data.Length;
    }

    /// <summary>Puts data before what is there.</summary>
    /// <param name="data">The data; not a part of this unit.</param>
    public void Prepend(ReadOnlySpan<byte> data)
    {
        Reserve(data.Length);
        _buffer.AsSpan(HeadRoom, Length).CopyTo(_buffer.AsSpan(HeadRoom + data.Length));
        data.CopyTo(_buffer.AsSpan(HeadRoom));
        Length += data.Length;
    }

    /// <summary>Cuts the data off.</summary>
    /// <param name="length">What is left, at most the present length.</param>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Gives the unit back to its pool; it must not be used afterwards.</summary>
    public void Return()
    {
        GiveUpLarge();
        _buffer = _own;
        _pool.Put(this);
    }

    private void Reserve(int more)
    {
        var needed = HeadRoom + Length + more;
        if (needed <= _buffer.Length)
        {
            return;
        }

        // Most pictures fit into the unit's own buffer; a larger one, often a key frame, borrows.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        _buffer.AsSpan(0, HeadRoom + Length).CopyTo(larger);
        GiveUpLarge();
        _buffer = larger;
    }

    private void GiveUpLarge()
    {
        if (_buffer != _own)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
