namespace Xunke.Streaming.Edge;

/// <summary>What a media session did with an SDP fragment.</summary>
public enum IceUpdateOutcome
{
    /// <summary>The fragment belongs to the present ICE session; its candidates are not needed.</summary>
    Trickled,

    /// <summary>The fragment's credentials are new: ICE was restarted. The path in use carries media until the new one is
    /// checked.</summary>
    Restarted,

    /// <summary>The sender spoke of another ICE session than the present one; nothing was done.</summary>
    Stale,

    /// <summary>The fragment changes only one of user fragment and password, which is neither (RFC 8839 4.4.1.1.1); nothing was
    /// done.</summary>
    Contradictory,
}
