using Xunke.Actors.Alerts.Messages;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>When messages about alerts go out.</summary>
public sealed class MessagePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 7, 0, 20, 0, TimeSpan.Zero);
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_digest_waits_for_the_bell_and_where_none_is_near_for_the_budget()
    {
        DigestDue(bell: Now.AddMinutes(25)).ShouldBe(Now.AddMinutes(25));
        DigestDue(bell: Now.AddMinutes(61)).ShouldBe(Now.AddMinutes(10), "nobody waits for the bell after noon");
        DigestDue(bell: null).ShouldBe(Now.AddMinutes(10));
    }

    [Fact]
    public void A_digest_keeps_the_budget_from_the_last_one()
    {
        DigestDue(bell: Now.AddMinutes(2), lastTold: Now.AddMinutes(-1)).ShouldBe(Now.AddMinutes(9));
        DigestDue(bell: Now.AddMinutes(2), lastTold: Now.AddMinutes(-30)).ShouldBe(Now.AddMinutes(2));
    }

    [Fact]
    public void Feishu_is_spared_at_whole_and_half_hours()
    {
        DigestDue(bell: Now.AddMinutes(10), channel: AlertChannel.Feishu).ShouldBe(Now.AddMinutes(12));
        DigestDue(bell: Now.AddMinutes(10), channel: AlertChannel.WeCom).ShouldBe(Now.AddMinutes(10));
        DigestDue(bell: Now.AddMinutes(15), channel: AlertChannel.Feishu).ShouldBe(Now.AddMinutes(15));
    }

    [Theory]
    [InlineData("21:59", 22 * 60, 6 * 60 + 30, 0)]
    [InlineData("22:00", 22 * 60, 6 * 60 + 30, 510)]
    [InlineData("06:00", 22 * 60, 6 * 60 + 30, 30)]
    [InlineData("06:30", 22 * 60, 6 * 60 + 30, 0)]
    [InlineData("12:30", 12 * 60, 13 * 60, 30)]
    [InlineData("13:00", 12 * 60, 13 * 60, 0)]
    public void Quiet_hours_hold_until_their_end_over_midnight_too(string time, int from, int to, int waitMinutes)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("school", TimeSpan.FromHours(8), null, null);
        var at = new DateTimeOffset(new DateOnly(2026, 9, 7).ToDateTime(TimeOnly.Parse(time)), TimeSpan.FromHours(8));
        MessagePlan.AfterQuiet(at, from, to, zone).ShouldBe(at.AddMinutes(waitMinutes));
        MessagePlan.AfterQuiet(at, null, null, zone).ShouldBe(at);
    }

    [Fact]
    public void Tries_come_later_and_later_and_end()
    {
        Enumerable.Range(1, 8).Select(tries => MessagePlan.WaitAfter(tries)?.TotalMinutes)
            .ShouldBe([1, 2, 4, 8, 16, 32, 60, null]);
    }

    [Fact]
    public void An_unanswered_alert_goes_to_the_principal_and_then_to_the_district_once_each()
    {
        Escalate(4, null).ShouldBeNull();
        Escalate(5, null).ShouldBe(AlertMessageKind.ToPrincipal);
        Escalate(14, AlertMessageKind.ToPrincipal).ShouldBeNull();
        Escalate(15, AlertMessageKind.ToPrincipal).ShouldBe(AlertMessageKind.ToDistrict);
        Escalate(99, AlertMessageKind.ToDistrict).ShouldBeNull();
        MessagePlan.Escalate(TimeSpan.FromHours(9), null, TimeSpan.Zero, TimeSpan.Zero).ShouldBeNull("0 turns it off");
    }

    [Fact]
    public void A_service_gets_what_it_takes_in_a_minute_and_in_a_second()
    {
        var time = new ManualTime();
        var pace = new SendPace(time);
        Sent(AlertChannel.WeCom, "a").ShouldBe(20);
        Sent(AlertChannel.WeCom, "b").ShouldBe(20, "each robot has a limit of its own");
        pace.Take(AlertChannel.WeCom, "a").ShouldBe(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromSeconds(59));
        Sent(AlertChannel.WeCom, "a").ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(1));
        Sent(AlertChannel.WeCom, "a").ShouldBe(20);

        Sent(AlertChannel.Feishu, "c").ShouldBe(5);
        time.Advance(TimeSpan.FromSeconds(1));
        Sent(AlertChannel.Feishu, "c").ShouldBe(5);
        for (var second = 2; second < 30; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Sent(AlertChannel.Feishu, "c").ShouldBe(second < 20 ? 5 : 0, "a hundred in a minute");
        }

        int Sent(AlertChannel channel, string address) =>
            Enumerable.Range(0, 200).TakeWhile(_ => pace.Take(channel, address) == TimeSpan.Zero).Count();
    }

    private static DateTimeOffset DigestDue(
        DateTimeOffset? bell, DateTimeOffset? lastTold = null, AlertChannel channel = AlertChannel.Mail) =>
        MessagePlan.DigestDue(Now, bell, lastTold, Budget, channel);

    private static AlertMessageKind? Escalate(int minutes, AlertMessageKind? told) =>
        MessagePlan.Escalate(TimeSpan.FromMinutes(minutes), told, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15));
}
