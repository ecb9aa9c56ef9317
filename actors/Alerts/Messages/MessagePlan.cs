namespace Xunke.Actors.Alerts.Messages;

/// <summary>When messages go out: severe alerts at once, all others together at the next bell and within a person's budget.</summary>
public static class MessagePlan
{
    /// <summary>A message is given up after so many tries.</summary>
    public const int MostTries = 8;

    private const int MinutesOfHalfAnHour = 30;

    /// <summary>A bell that is further away, such as the one after noon, is not waited for.</summary>
    private static readonly TimeSpan BellReach = TimeSpan.FromHours(1);

    /// <summary>Feishu asks robots not to send at whole and half hours, when everybody does and bells ring.</summary>
    private static readonly TimeSpan OffTheHour = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>When the alerts that are raised from now on are told together.</summary>
    /// <param name="now">Now.</param>
    /// <param name="nextBell">When the school's next period begins; null: none does today.</param>
    /// <param name="lastTold">When the same recipient was last told alerts that are not severe; null: never.</param>
    /// <param name="budget">At most one such message in this time.</param>
    /// <param name="channel">By what it goes.</param>
    public static DateTimeOffset DigestDue(
        DateTimeOffset now, DateTimeOffset? nextBell, DateTimeOffset? lastTold, TimeSpan budget, AlertChannel channel)
    {
        var at = nextBell is { } bell && bell - now <= BellReach ? bell : now + budget;
        at = lastTold is { } told && told + budget > at ? told + budget : at;
        return channel == AlertChannel.Feishu && at.Minute % MinutesOfHalfAnHour == 0 ? at + OffTheHour : at;
    }

    /// <summary>The first instant from one on that lies in no quiet hours.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="quietFrom">When they begin, in minutes of the day; null: there are none.</param>
    /// <param name="quietTo">When they end.</param>
    /// <param name="zone">The district's time zone.</param>
    public static DateTimeOffset AfterQuiet(DateTimeOffset at, int? quietFrom, int? quietTo, TimeZoneInfo zone)
    {
        if (quietFrom is not { } from || quietTo is not { } to || from == to)
        {
            return at;
        }

        var minute = TimeZoneInfo.ConvertTime(at, zone).TimeOfDay.TotalMinutes;
        var isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        const int MinutesOfDay = 24 * 60;
        return isQuiet ? at + TimeSpan.FromMinutes((to - minute + MinutesOfDay) % MinutesOfDay) : at;
    }

    /// <summary>How long to wait after a try that failed: each time twice as long, an hour at most.</summary>
    /// <param name="tries">How many have failed, from 1.</param>
    /// <returns>Null: it is given up.</returns>
    public static TimeSpan? WaitAfter(int tries)
    {
        if (tries >= MostTries)
        {
            return null;
        }

        var wait = FirstWait * Math.Pow(2, Math.Max(0, tries - 1));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Whom a severe alert that nobody answers goes to next.</summary>
    /// <param name="unanswered">How long nobody has.</param>
    /// <param name="told">Whom it went to last; null: nobody yet.</param>
    /// <param name="toPrincipal">After this time to the principal; zero: never.</param>
    /// <param name="toDistrict">After this time to the district; zero: never.</param>
    /// <returns>Null: nobody for now.</returns>
    public static AlertMessageKind? Escalate(
        TimeSpan unanswered, AlertMessageKind? told, TimeSpan toPrincipal, TimeSpan toDistrict) =>
        told is null && toPrincipal > TimeSpan.Zero && unanswered >= toPrincipal ? AlertMessageKind.ToPrincipal
        : told is not AlertMessageKind.ToDistrict && toDistrict > TimeSpan.Zero && unanswered >= toDistrict ? AlertMessageKind.ToDistrict
        : null;
}
