namespace Xunke.Streaming.Transport.Ice;

/// <summary>The role that an ICE agent claims in a connectivity check (RFC 8445 section 6.1.1).</summary>
public enum IceRole
{
    /// <summary>The check carried neither ICE-CONTROLLING nor ICE-CONTROLLED.</summary>
    Unspecified,

    /// <summary>The sender nominates the pair.</summary>
    Controlling,

    /// <summary>The sender waits for nomination.</summary>
    Controlled,
}
