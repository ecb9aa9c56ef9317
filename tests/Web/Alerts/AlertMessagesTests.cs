using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Alerts.Messages;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Alerts;

/// <summary>Messages about alerts: who gets them, how many, and that none is lost.</summary>
public sealed class AlertMessagesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Severe_alerts_go_at_once_one_by_one_and_the_others_together(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        await desk.AddReaderAsync("other", Role.Principal, "s02");
        await desk.AddReaderAsync("zhao", Role.Teacher, "s01");
        await desk.AddReaderAsync("calm", Role.SchoolAdministrator, "s01", least: AlertSeverity.High);

        await desk.RaiseAsync(AlertSeverity.Medium, 2);
        await desk.RaiseAsync(AlertSeverity.High, 2);
        await desk.RaiseAsync(AlertSeverity.Low);
        await desk.SendAsync();

        desk.Mail.Taken.Select(mail => mail.To).Order()
            .ShouldBe(["calm@example.cn", "calm@example.cn", "head@example.cn", "head@example.cn"]);
        desk.Mail.Taken.ShouldAllBe(mail => mail.Subject.Contains("紧急") && mail.Body.Contains("https://xunke.example.cn/alerts"));

        await desk.PassAsync(TimeSpan.FromMinutes(11), 60);
        TakenMail digest = desk.Mail.Taken.Skip(4).ShouldHaveSingleItem();
        digest.To.ShouldBe("head@example.cn");
        digest.Subject.ShouldContain("3 条");
        digest.Body.Split('\n').Count(line => line.StartsWith('·')).ShouldBe(3);
        (await desk.MessagesAsync()).ShouldAllBe(one => one.State == AlertMessageState.Sent && one.Log.Count == 1 && one.Log[0].IsSent);
    }

    [Fact]
    public async Task A_person_gets_one_digest_in_ten_minutes()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        for (int minute = 0; minute < 40; minute++)
        {
            await desk.RaiseAsync(AlertSeverity.Info);
            await desk.PassAsync(TimeSpan.FromSeconds(59), 60);
        }

        desk.Mail.Taken.Count.ShouldBe(3);
        await desk.PassAsync(TimeSpan.FromMinutes(11), 60);
        (await desk.MessagesAsync()).SelectMany(one => one.Items).Count().ShouldBe(40, "each alert is told once");
        (await desk.MessagesAsync()).ShouldAllBe(one => one.State == AlertMessageState.Sent);
    }

    [Fact]
    public async Task What_comes_back_is_not_told_again_and_what_was_closed_is_not_told_at_all()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        AlertChange raised = desk.ChangeOf(AlertSeverity.High);
        await desk.WriteAsync(raised);
        await desk.SendAsync();
        DateTimeOffset now = desk.Time.GetUtcNow();
        await desk.WriteAsync(
            new AlertChange(Guid.NewGuid(), raised.Place, now.AddSeconds(1), null, AlertEnd.Cleared),
            raised with { Id = Guid.NewGuid(), At = now.AddSeconds(2) });
        await desk.SendAsync();
        desk.Mail.Taken.Count.ShouldBe(1);

        Guid closed = (await desk.RaiseAsync(AlertSeverity.High))[0];
        await desk.Records.ExecuteAsync(
            $"UPDATE \"Alerts\" SET \"State\" = 'Closed' WHERE \"Id\" = '{closed.ToString().ToUpperInvariant()}'");
        await desk.SendAsync();
        desk.Mail.Taken.Count.ShouldBe(1);
        (await desk.MessagesAsync()).Single(one => one.Items.Any(item => item.AlertId == closed)).State
            .ShouldBe(AlertMessageState.Dropped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_down_is_tried_later_and_later_with_each_try_on_record(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        desk.Mail.Answer = "451 later";
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.PassAsync(TimeSpan.FromMinutes(16), 30);
        AlertMessage message = (await desk.MessagesAsync()).ShouldHaveSingleItem();
        DateTimeOffset first = message.Log.Min(made => made.At);
        message.Log.OrderBy(made => made.Number).Select(made => (made.At - first).TotalMinutes).ShouldBe([0, 1, 3, 7, 15]);
        message.Log.ShouldAllBe(made => !made.IsSent && made.Answer.StartsWith("SMTP 451") && !made.Answer.Contains('@'));

        desk.Mail.Answer = "250 ok";
        await desk.PassAsync(TimeSpan.FromMinutes(20), 60);
        desk.Mail.Taken.Count.ShouldBe(1);
        message = (await desk.MessagesAsync()).ShouldHaveSingleItem();
        (message.State, message.Tries, message.Log.Count).ShouldBe((AlertMessageState.Sent, 6, 6));
    }

    [Fact]
    public async Task After_eight_tries_or_a_final_refusal_a_message_is_given_up()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        desk.Mail.Answer = "451 later";
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.PassAsync(TimeSpan.FromHours(5), 120);
        AlertMessage message = (await desk.MessagesAsync()).ShouldHaveSingleItem();
        (message.State, message.Log.Count).ShouldBe((AlertMessageState.GivenUp, MessagePlan.MostTries));

        desk.Mail.Answer = "550 no such user";
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.SendAsync();
        message = (await desk.MessagesAsync())[^1];
        (message.State, message.Log.Count).ShouldBe((AlertMessageState.GivenUp, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_servers_send_each_message_once_and_one_that_stopped_half_way_is_made_up_for(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        await desk.RaiseAsync(AlertSeverity.High, 12);
        MessageSender other = desk.MakeSender();
        await Task.WhenAll(desk.SendAsync(), other.SendDueAsync([AlertChannel.Mail], MessageDesk.Cancelled));
        desk.Mail.Taken.Select(mail => mail.Subject).Distinct().Count().ShouldBe(12);
        desk.Mail.Taken.Count.ShouldBe(12);

        // As a server leaves it that stopped between sending and noting it.
        await desk.RaiseAsync(AlertSeverity.High);
        await using (RecordsContext context = desk.Records.CreateDbContext())
        {
            DateTimeOffset claimed = desk.Time.GetUtcNow().AddMinutes(3);
            await context.AlertMessages.Where(one => one.State == AlertMessageState.Waiting).ExecuteUpdateAsync(
                one => one.SetProperty(row => row.DueAt, claimed).SetProperty(row => row.Tries, 1), MessageDesk.Cancelled);
        }

        await desk.SendAsync();
        desk.Mail.Taken.Count.ShouldBe(12, "somebody has it in hand");
        await desk.PassAsync(TimeSpan.FromMinutes(4), 60);
        desk.Mail.Taken.Count.ShouldBe(13);
    }

    [Fact]
    public async Task Quiet_hours_hold_messages_but_not_what_nobody_answers()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        int now = (int)desk.Time.GetUtcNow().TimeOfDay.TotalMinutes;
        await desk.AddReaderAsync("head", Role.Principal, "s01", quietFrom: now - 10, quietTo: now + 20);
        await desk.RaiseAsync(AlertSeverity.High);
        await desk.PassAsync(TimeSpan.FromMinutes(4), 60);
        desk.Mail.Taken.ShouldBeEmpty();

        desk.Time.Advance(TimeSpan.FromMinutes(2));
        await desk.Messenger.EscalateAsync(MessageDesk.Cancelled);
        await desk.SendAsync();
        desk.Mail.Taken.ShouldHaveSingleItem().Subject.ShouldContain("无人处理");
        await desk.PassAsync(TimeSpan.FromMinutes(20), 60);
        desk.Mail.Taken.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_severe_alert_that_nobody_answers_goes_to_the_principal_and_then_to_the_district(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.AddReaderAsync("head", Role.Principal, "s01", least: AlertSeverity.High);
        await desk.AddReaderAsync("district", Role.Administrator, null, least: AlertSeverity.High);
        Guid unanswered = (await desk.RaiseAsync(AlertSeverity.High))[0];
        Guid answered = (await desk.RaiseAsync(AlertSeverity.High))[0];
        await using (RecordsContext context = desk.Records.CreateDbContext())
        {
            await context.Alerts.Where(one => one.Id == answered)
                .ExecuteUpdateAsync(one => one.SetProperty(row => row.State, AlertState.Acknowledged), MessageDesk.Cancelled);
        }

        for (int minute = 0; minute < 20; minute++)
        {
            await desk.Messenger.EscalateAsync(MessageDesk.Cancelled);
            await desk.PassAsync(TimeSpan.FromSeconds(59), 60);
        }

        desk.Mail.Taken.Where(mail => mail.Subject.Contains("无人处理")).Select(mail => mail.To)
            .ShouldBe(["head@example.cn", "district@example.cn"]);
        await using RecordsContext records = desk.Records.CreateDbContext();
        (await records.AlertEvents.Where(one => one.Step == AlertStep.ToldPrincipal || one.Step == AlertStep.ToldDistrict)
            .OrderBy(one => one.At).Select(one => new { one.AlertId, one.Step, one.Text }).ToListAsync(MessageDesk.Cancelled))
            .Select(one => (one.AlertId, one.Step, one.Text)).ShouldBe(
                [(unanswered, AlertStep.ToldPrincipal, "head"), (unanswered, AlertStep.ToldDistrict, "district")]);
    }

    [Fact]
    public async Task A_recipient_with_many_severe_alerts_waiting_gets_the_next_in_a_digest()
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync();
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        await desk.RaiseAsync(AlertSeverity.High, 30);
        List<AlertMessage> messages = await desk.MessagesAsync();
        messages.Count(one => one.Kind == AlertMessageKind.Severe).ShouldBe(20);
        messages.Single(one => one.Kind == AlertMessageKind.Digest).Items.Count.ShouldBe(10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_goes_with_the_last_of_its_alerts(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.AddReaderAsync("head", Role.Principal, "s01");
        AlertChange first = desk.ChangeOf(AlertSeverity.Low);
        AlertChange second = desk.ChangeOf(AlertSeverity.Low);
        await desk.WriteAsync(first, second);
        await desk.PassAsync(TimeSpan.FromMinutes(11), 60);
        await desk.WriteAsync(Over(first));
        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.WriteAsync(Over(second));

        (await DeleteAsync(179.5)).ShouldBe(1);
        (await desk.MessagesAsync()).ShouldHaveSingleItem().Items.Count.ShouldBe(1);
        (await DeleteAsync(180.5)).ShouldBe(1);
        (await desk.MessagesAsync()).ShouldBeEmpty();

        Task<long> DeleteAsync(double days) => new RetentionRun(
            desk.Records, desk.Audit, desk.Data, new StoppedClock(desk.Time.GetUtcNow().AddDays(days)))
            .RunAsync(new KeptAlerts(desk.Records, desk.Audit), 180, MessageDesk.Cancelled);

        AlertChange Over(AlertChange raised) =>
            new(Guid.NewGuid(), raised.Place, desk.Time.GetUtcNow(), null, AlertEnd.Cleared);
    }

    /// <summary>A nightly run waits between its portions, by real timers.</summary>
    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
