using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Ice;

/// <summary>
/// The STUN Binding method as ICE uses it (RFC 8489, RFC 8445): reading and writing requests and responses with
/// short-term credentials. Nothing here allocates, except <see cref="StunResponse.TryGetMappedAddress"/>.
/// </summary>
public static class Stun
{
    /// <summary>Room that any message written here fits in, in bytes, provided that the user name is at most 512 bytes.</summary>
    public const int MaximumWrittenLength = 640;

    /// <summary>Length of a transaction identifier in bytes.</summary>
    public const int TransactionIdLength = StunMessage.TransactionIdLength;

    // RFC 8489 section 14.3 allows USERNAME up to 508 bytes; RFC 8445 allows two ufrags of 256 and a colon.
    private const int MaximumUsernameLength = 513;

    /// <summary>Tells STUN from DTLS, RTP and RTCP on one socket by its first byte and magic cookie (RFC 7983 section 7).</summary>
    public static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= StunMessage.HeaderLength
        && datagram[0] <= 3
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == StunMessage.MagicCookie;

    /// <summary>Reads a Binding request. FINGERPRINT must be there and match, as ICE demands; the integrity is left to
    /// <see cref="VerifyIntegrity"/>.</summary>
    /// <param name="datagram">The whole UDP payload, of any content.</param>
    /// <param name="request">The request, referring to <paramref name="datagram"/>.</param>
    /// <returns>False when the datagram is not a well-formed Binding request; it deserves no answer then.</returns>
    public static bool TryParseBindingRequest(ReadOnlySpan<byte> datagram, out StunRequest request)
    {
        request = default;
        if (!StunMessage.HasValidHeader(datagram)
            || StunMessage.Type(datagram) != StunMessage.BindingRequest
            || !StunMessage.HasValidFingerprint(datagram))
        {
            return false;
        }

        var integrityOffset = 0;
        ReadOnlySpan<byte> username = default;
        var useCandidate = false;
        var role = IceRole.Unspecified;
        ulong tieBreaker = 0;
        uint priority = 0;
        ushort unknown = 0;
        var reader = new StunAttributeReader(datagram);
        while (integrityOffset == 0 && reader.Read())
        {
            switch (reader.Type)
            {
                case StunAttribute.Username when reader.Value.Length <= MaximumUsernameLength:
                    username = reader.Value;
                    break;
                case StunAttribute.MessageIntegrity when reader.Value.Length == StunMessage.IntegrityLength:
                    // What follows is not covered by the integrity and must be ignored (RFC 8489 section 14.5).
                    integrityOffset = reader.Offset;
                    break;
                case StunAttribute.UseCandidate when reader.Value.IsEmpty:
                    useCandidate = true;
                    break;
                case StunAttribute.Priority when reader.Value.Length == sizeof(uint):
                    priority = BinaryPrimitives.ReadUInt32BigEndian(reader.Value);
                    break;
                case StunAttribute.IceControlling or StunAttribute.IceControlled when reader.Value.Length == sizeof(ulong):
                    role = reader.Type == StunAttribute.IceControlling ? IceRole.Controlling : IceRole.Controlled;
                    tieBreaker = BinaryPrimitives.ReadUInt64BigEndian(reader.Value);
                    break;
                case StunAttribute.Username or StunAttribute.MessageIntegrity or StunAttribute.UseCandidate
                    or StunAttribute.Priority or StunAttribute.IceControlling or StunAttribute.IceControlled:
                    return false;
                case < StunAttribute.FirstOptional when unknown == 0:
                    unknown = reader.Type;
                    break;
                default:
                    break;
            }
        }

        if (reader.IsMalformed)
        {
            return false;
        }

        request = new StunRequest
        {
            Message = datagram,
            IntegrityOffset = integrityOffset,
            Username = username,
            UseCandidate = useCandidate,
            Role = role,
            TieBreaker = tieBreaker,
            Priority = priority,
            UnknownAttribute = unknown,
        };
        return true;
    }

    /// <summary>Reads a success or error response to a Binding request. FINGERPRINT must be there and match.</summary>
    /// <param name="datagram">The whole UDP payload, of any content.</param>
    /// <param name="response">The response, referring to <paramref name="datagram"/>.</param>
    public static bool TryParseBindingResponse(ReadOnlySpan<byte> datagram, out StunResponse response)
    {
        response = default;
        if (!StunMessage.HasValidHeader(datagram)
            || StunMessage.Type(datagram) is not (StunMessage.BindingSuccess or StunMessage.BindingError)
            || !StunMessage.HasValidFingerprint(datagram))
        {
            return false;
        }

        var integrityOffset = 0;
        var error = 0;
        ReadOnlySpan<byte> mapped = default;
        var reader = new StunAttributeReader(datagram);
        while (integrityOffset == 0 && reader.Read())
        {
            switch (reader.Type)
            {
                case StunAttribute.MessageIntegrity when reader.Value.Length == StunMessage.IntegrityLength:
                    integrityOffset = reader.Offset;
                    break;
                case StunAttribute.XorMappedAddress:
                    mapped = reader.Value;
                    break;
                case StunAttribute.ErrorCode when reader.Value.Length >= 4:
                    error = ((reader.Value[2] & 7) * 100) + reader.Value[3];
                    break;
                default:
                    break;
            }
        }

        var isError = StunMessage.Type(datagram) == StunMessage.BindingError;
        if (reader.IsMalformed || isError != (error != 0))
        {
            return false;
        }

        response = new StunResponse
        {
            Message = datagram,
            IntegrityOffset = integrityOffset,
            ErrorCode = (StunErrorCode)error,
            XorMappedAddress = mapped,
        };
        return true;
    }

    /// <summary>Checks a request's MESSAGE-INTEGRITY in constant time.</summary>
    /// <param name="request">What <see cref="TryParseBindingRequest"/> read.</param>
    /// <param name="password">The receiver's own ICE password in UTF-8.</param>
    public static bool VerifyIntegrity(in StunRequest request, ReadOnlySpan<byte> password) =>
        request.VerifyIntegrity(password);

    /// <summary>Writes a request that a controlling agent sends as connectivity check or consent refresh (RFC 8445 section 7.2.4, RFC
    /// 7675).</summary>
    /// <param name="destination">At least <see cref="MaximumWrittenLength"/> bytes.</param>
    /// <param name="transactionId">12 bytes from a cryptographic random source.</param>
    /// <param name="remotePassword">The other side's ICE password in UTF-8.</param>
    /// <returns>The message's length in bytes.</returns>
    public static int WriteBindingRequest(
        Span<byte> destination, in IceCheck check, ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> remotePassword)
    {
        var writer = new StunWriter(destination, StunMessage.BindingRequest, transactionId);
        writer.Add(StunAttribute.Username, check.Username);
        writer.Add(StunAttribute.Priority, check.Priority);
        writer.Add(StunAttribute.IceControlling, check.TieBreaker);
        if (check.UseCandidate)
        {
            writer.Add(StunAttribute.UseCandidate, default(ReadOnlySpan<byte>));
        }

        return writer.Finish(remotePassword);
    }

    /// <summary>Writes a success response.</summary>
    /// <param name="destination">At least <see cref="MaximumWrittenLength"/> bytes.</param>
    /// <param name="mapped">Where the request came from, IPv4 or IPv6.</param>
    /// <param name="password">The same password that verified the request.</param>
    /// <returns>The message's length in bytes.</returns>
    public static int WriteBindingSuccess(
        Span<byte> destination, in StunRequest request, IPEndPoint mapped, ReadOnlySpan<byte> password)
    {
        Span<byte> address = stackalloc byte[16];
        mapped.Address.TryWriteBytes(address, out var length);
        return WriteBindingSuccess(destination, request, address[..length], mapped.Port, password);
    }

    /// <inheritdoc cref="WriteBindingSuccess(Span{byte}, in StunRequest, IPEndPoint, ReadOnlySpan{byte})"/>
    public static int WriteBindingSuccess(
        Span<byte> destination, in StunRequest request, SocketAddress mapped, ReadOnlySpan<byte> password)
    {
        var address = StunAddress.Bytes(mapped, out var port);
        return WriteBindingSuccess(destination, request, address, port, password);
    }

    /// <summary>Writes an error response.</summary>
    /// <param name="destination">At least <see cref="MaximumWrittenLength"/> bytes.</param>
    /// <param name="error">The error; <see cref="StunErrorCode.UnknownAttribute"/> names the request's unknown attribute.</param>
    /// <param name="password">
    /// The password that verified the request. Empty for 400 and 401, which by RFC 8489 section 9.1.3 carry no integrity.
    /// </param>
    /// <returns>The message's length in bytes.</returns>
    public static int WriteBindingError(
        Span<byte> destination, in StunRequest request, StunErrorCode error, ReadOnlySpan<byte> password)
    {
        var reason = Reason(error);
        Span<byte> value = stackalloc byte[64];
        value[..2].Clear();
        value[2] = (byte)((int)error / 100);
        value[3] = (byte)((int)error % 100);
        reason.CopyTo(value[4..]);
        var writer = new StunWriter(destination, StunMessage.BindingError, request.TransactionId);
        writer.Add(StunAttribute.ErrorCode, value[..(4 + reason.Length)]);
        if (error == StunErrorCode.UnknownAttribute)
        {
            Span<byte> type = stackalloc byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16BigEndian(type, request.UnknownAttribute);
            writer.Add(StunAttribute.UnknownAttributes, type);
        }

        return writer.Finish(password);
    }

    private static int WriteBindingSuccess(
        Span<byte> destination, in StunRequest request, ReadOnlySpan<byte> address, int port, ReadOnlySpan<byte> password)
    {
        Span<byte> value = stackalloc byte[StunAddress.MaximumLength];
        var length = StunAddress.Write(value, address, port, request.TransactionId);
        var writer = new StunWriter(destination, StunMessage.BindingSuccess, request.TransactionId);
        writer.Add(StunAttribute.XorMappedAddress, value[..length]);
        return writer.Finish(password);
    }

    private static ReadOnlySpan<byte> Reason(StunErrorCode error) => error switch
    {
        StunErrorCode.BadRequest => "Bad Request"u8,
        StunErrorCode.Unauthenticated => "Unauthenticated"u8,
        StunErrorCode.UnknownAttribute => "Unknown Attribute"u8,
        StunErrorCode.RoleConflict => "Role Conflict"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
