namespace Xunke.Actors.Rectifications;

/// <summary>Which step follows which, and what it changes.</summary>
public static class RectificationRules
{
    /// <summary>Whether a notice in a state can be taken that step.</summary>
    public static bool Allows(RectificationState state, RectificationStep step) => step switch
    {
        RectificationStep.Answered => state is RectificationState.Issued,
        RectificationStep.Accepted => state is RectificationState.Answered,
        RectificationStep.Returned => state is RectificationState.Answered or RectificationState.Recheck,
        RectificationStep.Confirmed => state is RectificationState.Recheck,
        RectificationStep.Withdrawn => IsOpen(state),
        RectificationStep.Reported => state is not RectificationState.Withdrawn,
        _ => false,
    };

    /// <summary>Whether a notice in a state waits for somebody.</summary>
    public static bool IsOpen(RectificationState state) => state is not (RectificationState.Closed or RectificationState.Withdrawn);

    /// <summary>Whether somebody has let the date pass by which something was to be done.</summary>
    public static bool IsOverdue(Rectification one, DateOnly today) => one.State switch
    {
        RectificationState.Issued => one.DueOn < today,
        RectificationState.Recheck => one.RecheckOn < today,
        _ => false,
    };

    /// <summary>Whether the bureau should have had its report.</summary>
    public static bool IsReportOverdue(Rectification one, DateOnly today) =>
        one is { ReportedAt: null, State: not RectificationState.Withdrawn } && one.ReportDueOn < today;

    /// <summary>Takes a notice a step.</summary>
    /// <param name="one">The notice.</param>
    /// <param name="happened">The step, which <see cref="Allows"/> allows.</param>
    /// <param name="reportDueOn">By when the bureau gets its report once the school has answered.</param>
    /// <exception cref="InvalidOperationException">It does not follow on where the notice stands.</exception>
    public static void Take(Rectification one, RectificationEvent happened, DateOnly reportDueOn)
    {
        if (!Allows(one.State, happened.Step) || happened.Number != one.Version + 1 || happened.Round != one.Round)
        {
            throw new InvalidOperationException($"{happened.Step} {happened.Number} does not follow on {one.State} {one.Version}");
        }

        switch (happened.Step)
        {
            case RectificationStep.Answered:
                one.State = RectificationState.Answered;
                one.ReportDueOn ??= reportDueOn;
                break;
            case RectificationStep.Accepted when happened.On is { } again:
                (one.State, one.RecheckOn) = (RectificationState.Recheck, again);
                break;
            case RectificationStep.Accepted or RectificationStep.Confirmed:
                (one.State, one.EndedAt) = (RectificationState.Closed, happened.At);
                break;
            case RectificationStep.Returned:
                (one.State, one.RecheckOn, one.Round) = (RectificationState.Issued, null, one.Round + 1);
                one.DueOn = happened.On ?? throw new InvalidOperationException("a new round needs a deadline");
                break;
            case RectificationStep.Withdrawn:
                (one.State, one.EndedAt) = (RectificationState.Withdrawn, happened.At);
                break;
            default:
                one.ReportedAt ??= happened.At;
                break;
        }

        one.Version = happened.Number;
        one.Events.Add(happened);
    }
}
