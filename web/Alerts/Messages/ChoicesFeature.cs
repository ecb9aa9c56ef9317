using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Mail;

namespace Xunke.Web.Alerts.Messages;

/// <summary>How a person wants to be told of alerts: <c>/api/alerts/choice</c>.</summary>
internal static class ChoicesFeature
{
    /// <summary>What a person wants. QuietFrom and QuietTo are times of the day such as 22:00, or both null.</summary>
    internal sealed record WantedChoice(bool ByMail, string? Address, AlertSeverity Least, string? QuietFrom, string? QuietTo);

    /// <summary>What a person chose, and what the district set. HasMail: there is a mail server.</summary>
    internal sealed record ChoiceView(
        bool ByMail, string? Address, AlertSeverity Least, string? QuietFrom, string? QuietTo, bool HasMail, int BudgetMinutes,
        int ToPrincipalMinutes, int ToDistrictMinutes);

    /// <summary>What a test message was answered.</summary>
    internal sealed record TestResult(bool IsSent, string Answer);

    public static void MapAlertChoices(this RouteGroupBuilder group)
    {
        group.MapGet("/choice", ReadAsync).WithSummary("How the caller wants to be told of alerts");
        group.MapPut("/choice", ChangeAsync).WithSummary("Changes how the caller is told of alerts")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/choice/test", TestAsync).WithSummary("Mails a test message to the caller's address")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<Ok<ChoiceView>> ReadAsync(
        Caller caller, RecordsContext records, MailServer mail, IOptions<AlertSettings> settings, CancellationToken cancellationToken)
    {
        AlertChoice? choice = await Own(records, caller).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(new ChoiceView(
            choice?.ByMail ?? false, choice?.Address, choice?.Least ?? AlertSeverity.Medium, Time(choice?.QuietFrom),
            Time(choice?.QuietTo), mail.IsOn, settings.Value.BudgetMinutes, settings.Value.EscalateToPrincipalMinutes,
            settings.Value.EscalateToDistrictMinutes));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(WantedChoice wanted, Caller caller, AuditTrail audit)
    {
        string? address = string.IsNullOrWhiteSpace(wanted.Address) ? null : wanted.Address.Trim();
        if (address is null ? wanted.ByMail : !IsAddress(address))
        {
            return Problems.BadRequest("bad-mail-address", "请填写一个邮箱地址，例如 wang@example.cn");
        }

        if (!Enum.IsDefined(wanted.Least))
        {
            return Problems.BadRequest("bad-severity", "没有这种轻重");
        }

        if (!TryMinute(wanted.QuietFrom, out int? from) || !TryMinute(wanted.QuietTo, out int? to) || from is null != to is null
            || (from is not null && from == to))
        {
            return Problems.BadRequest("bad-quiet-hours", "免打扰时段要有开始和结束，例如 22:00 到 06:30");
        }

        await audit.CommitAsync(async deed =>
        {
            AlertChoice? choice = await Own(deed.Records, caller).SingleOrDefaultAsync();
            if (choice is null)
            {
                string accountId = await deed.Records.Users.Where(one => one.UserName == caller.UserName)
                    .Select(one => one.Id).SingleAsync();
                choice = new AlertChoice { AccountId = accountId, ByMail = wanted.ByMail, Least = wanted.Least };
                deed.Records.AlertChoices.Add(choice);
            }

            (choice.ByMail, choice.Address, choice.Least) = (wanted.ByMail, address, wanted.Least);
            (choice.QuietFrom, choice.QuietTo) = (from, to);
            deed.Tell(caller.UserName, "alert.choice-changed", caller.UserName);
        });
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<TestResult>, ProblemHttpResult>> TestAsync(
        HttpRequest request, Caller caller, RecordsContext records, MailServer mail, MailDelivery delivery, TestPace pace,
        CancellationToken cancellationToken)
    {
        // A form of another site could send anything else.
        if (!request.HasJsonContentType())
        {
            return Problems.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported-content-type", "不支持这种内容");
        }

        string? address = await Own(records, caller).Select(one => one.Address).SingleOrDefaultAsync(cancellationToken);
        if (!mail.IsOn || address is null)
        {
            return Problems.Create(
                StatusCodes.Status409Conflict, "no-mail",
                mail.IsOn ? "请先保存邮箱地址" : "服务器没有设置发信服务器，请联系管理员");
        }

        if (pace.Take(caller.UserName) is { } tooSoon)
        {
            return tooSoon;
        }

        Delivery done = await delivery.SendAsync(address, MessageTexts.Test, cancellationToken);
        return TypedResults.Ok(new TestResult(done.IsSent, done.Answer));
    }

    private static IQueryable<AlertChoice> Own(RecordsContext records, Caller caller)
    {
        IQueryable<Account> accounts = records.Users;
        return records.AlertChoices
            .Where(one => accounts.Any(account => account.Id == one.AccountId && account.UserName == caller.UserName));
    }

    private static bool IsAddress(string text) => text.Length <= AlertChoice.LongestAddress && !text.Any(char.IsWhiteSpace)
        && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out MailAddress? read) && read.Address == text;

    private static bool TryMinute(string? text, out int? minute)
    {
        minute = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        bool isTime = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        minute = isTime ? time.Hour * 60 + time.Minute : null;
        return isTime;
    }

    private static string? Time(int? minute) => minute is { } of
        ? new TimeOnly(of / 60, of % 60).ToString("HH:mm", CultureInfo.InvariantCulture)
        : null;
}
