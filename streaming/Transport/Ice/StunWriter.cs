using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>Writes one STUN message into a caller's buffer.</summary>
internal ref struct StunWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    public StunWriter(Span<byte> buffer, ushort type, scoped ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, type);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessage.MagicCookie);
        transactionId.CopyTo(buffer[StunMessage.TransactionIdOffset..]);
        _length = StunMessage.HeaderLength;
    }

    public void Add(ushort type, scoped ReadOnlySpan<byte> value)
    {
        var attribute = _buffer[_length..];
        BinaryPrimitives.WriteUInt16BigEndian(attribute, type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)value.Length);
        value.CopyTo(attribute[4..]);
        var padded = (value.Length + 3) & ~3;
        attribute[(4 + value.Length)..(4 + padded)].Clear();
        _length += 4 + padded;
    }

    public void Add(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Add(type, bytes);
    }

    public void Add(ushort type, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Add(type, bytes);
    }

    /// <summary>Adds MESSAGE-INTEGRITY (when there is a password) and FINGERPRINT, and returns the message's length.</summary>
    public int Finish(scoped ReadOnlySpan<byte> password)
    {
        if (!password.IsEmpty)
        {
            Span<byte> integrity = stackalloc byte[StunMessage.IntegrityLength];
            StunMessage.ComputeIntegrity(_buffer[.._length], password, integrity);
            Add(StunAttribute.MessageIntegrity, integrity);
        }

        var total = _length + StunMessage.FingerprintAttributeLength;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(total - StunMessage.HeaderLength));
        Add(StunAttribute.Fingerprint, StunMessage.Fingerprint(_buffer[.._length]));
        return total;
    }
}
