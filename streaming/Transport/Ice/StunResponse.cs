using System.Net;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>
/// A Binding response as read from a datagram by <see cref="Stun.TryParseBindingResponse"/>. It refers to that
/// datagram's bytes, so it lives no longer than they do. Its integrity is not yet checked.
/// </summary>
public readonly ref struct StunResponse
{
    internal ReadOnlySpan<byte> Message { get; init; }

    internal int IntegrityOffset { get; init; }

    internal ReadOnlySpan<byte> XorMappedAddress { get; init; }

    /// <summary>The 12 bytes of the request that this answers.</summary>
    public ReadOnlySpan<byte> TransactionId =>
        Message.Slice(StunMessage.TransactionIdOffset, StunMessage.TransactionIdLength);

    /// <summary><see cref="StunErrorCode.None"/> for a success response, otherwise the error's number, which may be one that the
    /// enumeration does not name.</summary>
    public StunErrorCode ErrorCode { get; init; }

    public bool IsSuccess => ErrorCode == StunErrorCode.None;

    /// <summary>Reads XOR-MAPPED-ADDRESS: the sender of the request as the responder saw it (RFC 8489 section 14.2).</summary>
    /// <param name="mapped">The address, when there is a well-formed one.</param>
    public bool TryGetMappedAddress(out IPEndPoint? mapped) =>
        StunAddress.TryRead(XorMappedAddress, TransactionId, out mapped);

    /// <summary>Checks MESSAGE-INTEGRITY in constant time.</summary>
    /// <param name="password">The responder's ICE password in UTF-8.</param>
    /// <returns>False when the attribute is missing or does not match.</returns>
    public bool VerifyIntegrity(ReadOnlySpan<byte> password) =>
        IntegrityOffset != 0 && StunMessage.HasValidIntegrity(Message, IntegrityOffset, password);
}
