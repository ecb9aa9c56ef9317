using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>Walks the attributes of a message whose header has been checked (RFC 8489 section 14).</summary>
internal ref struct StunAttributeReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _next = StunMessage.HeaderLength;

    /// <summary>Offset of the current attribute's header in the message.</summary>
    public int Offset { get; private set; }

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when an attribute's length ran over the end of the message.</summary>
    public bool IsMalformed { get; private set; }

    public bool Read()
    {
        if (_next == _message.Length)
        {
            return false;
        }

        // The message's length is a multiple of four, so four bytes of header are always left.
        var length = BinaryPrimitives.ReadUInt16BigEndian(_message[(_next + 2)..]);
        var end = _next + 4 + ((length + 3) & ~3);
        if (end > _message.Length)
        {
            IsMalformed = true;
            return false;
        }

        Offset = _next;
        Type = BinaryPrimitives.ReadUInt16BigEndian(_message[_next..]);
        Value = _message.Slice(_next + 4, length);
        _next = end;
        return true;
    }
}
