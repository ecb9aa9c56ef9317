namespace Xunke.Streaming.Transport.Ice;

/// <summary>
/// A Binding request as read from a datagram by <see cref="Stun.TryParseBindingRequest"/>. It refers to that
/// datagram's bytes, so it lives no longer than they do. Its integrity is not yet checked.
/// </summary>
public readonly ref struct StunRequest
{
    internal ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Offset of MESSAGE-INTEGRITY in the message, or 0 when the request carries none.</summary>
    internal int IntegrityOffset { get; init; }

    /// <summary>The 12 bytes that a response repeats.</summary>
    public ReadOnlySpan<byte> TransactionId =>
        Message.Slice(StunMessage.TransactionIdOffset, StunMessage.TransactionIdLength);

    /// <summary>USERNAME as sent: the receiver's ufrag, a colon, the sender's ufrag (RFC 8445 section 7.2.2). Empty when absent.</summary>
    public ReadOnlySpan<byte> Username { get; init; }

    /// <summary>The receiver's ufrag: the part of <see cref="Username"/> before the colon. Empty when there is no colon.</summary>
    public ReadOnlySpan<byte> LocalUfrag => Username.IndexOf((byte)':') is var colon and >= 0 ? Username[..colon] : default;

    /// <summary>The sender's ufrag: the part of <see cref="Username"/> after the colon. Empty when there is no colon.</summary>
    public ReadOnlySpan<byte> RemoteUfrag => Username.IndexOf((byte)':') is var colon and >= 0 ? Username[(colon + 1)..] : default;

    /// <summary>True when both USERNAME and MESSAGE-INTEGRITY are there; otherwise the answer is 400 (RFC 8489 section 9.1.3).</summary>
    public bool HasCredentials => IntegrityOffset != 0 && !Username.IsEmpty;

    /// <summary>True when the controlling agent nominates this pair (RFC 8445 section 7.1.2).</summary>
    public bool UseCandidate { get; init; }

    /// <summary>The role that the sender claims.</summary>
    public IceRole Role { get; init; }

    /// <summary>The sender's tie-breaker, which settles a role conflict (RFC 8445 section 7.3.1.1).</summary>
    public ulong TieBreaker { get; init; }

    /// <summary>The priority of the candidate that the sender would learn from this check; 0 when absent.</summary>
    public uint Priority { get; init; }

    /// <summary>The first comprehension-required attribute that is not understood, or 0. Answer 420 when it is set.</summary>
    public ushort UnknownAttribute { get; init; }

    /// <summary>Checks MESSAGE-INTEGRITY in constant time.</summary>
    /// <param name="password">The receiver's ICE password in UTF-8.</param>
    /// <returns>False when the attribute is missing or does not match.</returns>
    public bool VerifyIntegrity(ReadOnlySpan<byte> password) =>
        IntegrityOffset != 0 && StunMessage.HasValidIntegrity(Message, IntegrityOffset, password);
}
