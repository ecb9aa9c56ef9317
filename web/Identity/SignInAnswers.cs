using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>What somebody is told whose password or code was looked at, and what the audit trail is.</summary>
internal sealed class SignInAnswers(SignInRefusals refusals, AuditTrail audit)
{
    /// <summary>Notes what an attempt came to.</summary>
    /// <returns>The refusal; null: the attempt is good.</returns>
    public async Task<ProblemHttpResult?> RefusalOfAsync(SignIns.Outcome outcome, HttpContext context)
    {
        if (outcome.Account is not null)
        {
            return null;
        }

        if (outcome.Fault is not SignInFault.CodeNeeded)
        {
            refusals.Note(outcome.KnownName, context.Connection.RemoteIpAddress);
        }

        if (outcome.BeginsWait)
        {
            // Alike for names that no account has, so that the work is the same; but people type passwords into that field.
            await audit.RecordAsync(AuditTrail.System, "session.locked-out", outcome.KnownName ?? "unknown");
        }

        return outcome.Wait is { } wait ? HasToWait(wait, context.Response) : Of(outcome.Fault);
    }

    /// <summary>The answer to a wrong name or password.</summary>
    public static ProblemHttpResult WrongCredentials() =>
        Problems.Create(StatusCodes.Status401Unauthorized, "wrong-credentials", "用户名或密码不对");

    private static ProblemHttpResult Of(SignInFault fault) => fault switch
    {
        SignInFault.CodeNeeded => Problems.Create(StatusCodes.Status401Unauthorized, "code-needed", "请输入两步验证码"),
        SignInFault.WrongCode => Problems.Create(StatusCodes.Status401Unauthorized, "wrong-code", "验证码不对，或已用过"),
        SignInFault.OfficeNotBegun => Problems.Create(
            StatusCodes.Status403Forbidden, "office-not-begun", "您的任期还没有开始，请联系管理员"),
        SignInFault.OfficeOver => Problems.Create(StatusCodes.Status403Forbidden, "office-over", "您的任期已结束，不能再登录；请联系管理员"),
        _ => WrongCredentials(),
    };

    private static ProblemHttpResult HasToWait(SignInWait wait, HttpResponse response)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.Wait.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return wait.OfAddress
            ? Problems.Create(StatusCodes.Status429TooManyRequests, "too-many-requests", "登录太频繁，请稍后再试", ("retryAfterSeconds", seconds))
            : Problems.Create(StatusCodes.Status423Locked, "locked-out", "密码错误次数过多，请稍后再试", ("retryAfterSeconds", seconds));
    }
}
