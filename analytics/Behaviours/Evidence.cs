namespace Xunke.Analytics.Behaviours;

/// <summary>What one look says about one question.</summary>
internal enum Evidence
{
    /// <summary>The joints that the rule needs were not seen.</summary>
    Unknown,

    /// <summary>No beyond doubt: what was so has ended.</summary>
    CertainlyNot,

    /// <summary>No.</summary>
    No,

    /// <summary>Yes, as far as one look can tell.</summary>
    Yes,

    /// <summary>Yes beyond doubt: need not wait for another look.</summary>
    Certain,
}

/// <summary>What one look says about one person in a seat.</summary>
/// <param name="Hand">Is a hand raised?</param>
/// <param name="Droop">How far the head is beyond the border between up (below zero) and down, in shoulder widths; null if not seen.</param>
/// <param name="Standing">Does the person stand?</param>
/// <param name="OnDesk">Does the head lie on the desk?</param>
internal readonly record struct LookEvidence(Evidence Hand, float? Droop, Evidence Standing, Evidence OnDesk = Evidence.Unknown);
