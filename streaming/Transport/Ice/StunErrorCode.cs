namespace Xunke.Streaming.Transport.Ice;

/// <summary>The STUN error codes that an ICE agent answers with (RFC 8489 section 14.8, RFC 8445 section 7.3.1.1).</summary>
public enum StunErrorCode
{
    /// <summary>No error: the response is a success.</summary>
    None = 0,

    /// <summary>The request was malformed or lacked its credentials.</summary>
    BadRequest = 400,

    /// <summary>USERNAME or MESSAGE-INTEGRITY did not match.</summary>
    Unauthenticated = 401,

    /// <summary>The request carried a comprehension-required attribute that is not understood.</summary>
    UnknownAttribute = 420,

    /// <summary>Both agents claimed the same role.</summary>
    RoleConflict = 487,
}
