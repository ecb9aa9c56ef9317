namespace Xunke.Analytics.Behaviours;

internal enum Evidence
{
    /// <summary>The joints that the rule needs were not seen.</summary>
    Unknown,

    /// <summary>Certainly not: an ongoing behaviour has ended.</summary>
    CertainlyNot,

    No,

    Yes,

    /// <summary>Certain: no second look is needed.</summary>
    Certain,
}

/// <summary>What one look says about one person in a seat.</summary>
/// <param name="Droop">How far the head is below (positive) or above the border, in shoulder widths; null if not seen.</param>
internal readonly record struct LookEvidence(Evidence Hand, float? Droop, Evidence Standing, Evidence OnDesk = Evidence.Unknown);
