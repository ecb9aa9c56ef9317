namespace Xunke.Web.Clock;

/// <summary>Why nothing is deleted for its age.</summary>
internal enum ClockHoldKind
{
    /// <summary>The clock is ahead of the time that has passed. Only an administrator, or the clock's return, ends the hold.</summary>
    Jump,

    /// <summary>
    /// The server was off for so long that its clock may as well be wrong. An administrator ends the hold, or a week in which the
    /// clock runs steadily.
    /// </summary>
    Pause,
}

/// <summary>A hold on everything that is deleted for its age.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Since">When it began, by the time expected then.</param>
/// <param name="Ahead">How far the clock was ahead of what was expected.</param>
/// <param name="Steady">For how long it has run steadily since.</param>
internal sealed record ClockHold(ClockHoldKind Kind, DateTimeOffset Since, TimeSpan Ahead, TimeSpan Steady);

/// <summary>What outlives a restart.</summary>
/// <param name="Expected">The time of day that was expected when this was written.</param>
/// <param name="Boot">The kernel's count of time that <paramref name="Uptime"/> is in.</param>
/// <param name="Uptime">Its value then.</param>
/// <param name="Hold">The hold, or null.</param>
internal sealed record ClockState(DateTimeOffset Expected, string Boot, TimeSpan Uptime, ClockHold? Hold);

/// <summary>The clock as an observation found it.</summary>
/// <param name="Now">What it says.</param>
/// <param name="Expected">What it should say, by the time that has passed since it was last believed.</param>
/// <param name="Hold">The hold on deletions, or null.</param>
internal sealed record ClockReading(DateTimeOffset Now, DateTimeOffset Expected, ClockHold? Hold);
