namespace Xunke.Actors.Alerts;

/// <summary>What is seen of a rule's condition at an instant.</summary>
internal enum Reading
{
    /// <summary>Neither the one nor the other, or nobody can say.</summary>
    Unclear,

    /// <summary>The condition of raising holds.</summary>
    Raise,

    /// <summary>The condition of clearing holds.</summary>
    Clear,

    /// <summary>The kind does not count now: out of its hours, muted or turned off.</summary>
    Meaningless,
}

/// <summary>What a look leads to.</summary>
internal enum WatchStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The alert is raised.</summary>
    Raise,

    /// <summary>The alert is cleared.</summary>
    Clear,
}

/// <summary>
/// One rule in one place. It raises after the condition has held without a gap for the rule's hold, and clears likewise; in between it
/// stays as it is. A clock that is set back begins the hold anew.
/// </summary>
internal struct RuleWatch
{
    private DateTimeOffset? _pendingSince;
    private DateTimeOffset _last;

    /// <summary>Whether its alert is raised.</summary>
    public bool IsRaised { readonly get; private set; }

    /// <summary>Since when the condition that is waited for holds; null: it does not.</summary>
    public readonly DateTimeOffset? PendingSince => _pendingSince;

    /// <summary>A watch whose alert was raised before the server started.</summary>
    public static RuleWatch Raised() => new() { IsRaised = true };

    /// <summary>Looks once.</summary>
    /// <param name="at">When.</param>
    /// <param name="reading">What is seen.</param>
    /// <param name="hold">How long it must last before it is raised.</param>
    /// <param name="clearHold">How long it must be over before it is cleared.</param>
    /// <param name="endsWithHours">Whether it is cleared at once where it has no meaning.</param>
    public WatchStep Look(DateTimeOffset at, Reading reading, TimeSpan hold, TimeSpan clearHold, bool endsWithHours)
    {
        if (at < _last)
        {
            _pendingSince = null;
        }

        _last = at;
        if (IsRaised && reading == Reading.Meaningless && endsWithHours)
        {
            return Turn(false);
        }

        if (reading != (IsRaised ? Reading.Clear : Reading.Raise))
        {
            _pendingSince = null;
            return WatchStep.None;
        }

        _pendingSince ??= at;
        return at - _pendingSince < (IsRaised ? clearHold : hold) ? WatchStep.None : Turn(!IsRaised);
    }

    private WatchStep Turn(bool isRaised)
    {
        _pendingSince = null;
        IsRaised = isRaised;
        return isRaised ? WatchStep.Raise : WatchStep.Clear;
    }
}
