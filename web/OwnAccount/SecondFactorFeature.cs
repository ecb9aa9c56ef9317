using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.OwnAccount;

/// <summary>The codes besides the own password: <c>/api/account/second-factor</c>.</summary>
internal static class SecondFactorFeature
{
    private const int LongestTicket = 2000;

    /// <summary>The own password, which is asked for again.</summary>
    internal sealed record Confirmation(string? Password);

    /// <summary>A secret for an application that makes codes: as text, as an address and as the same in a QR code (SVG).</summary>
    internal sealed record SecondFactorSetup(string Secret, string Address, string Qr, string Ticket);

    /// <summary>The ticket of a setup, and a code that shows that the application has its secret.</summary>
    internal sealed record SecondFactorProof(string? Ticket, string? Code);

    /// <summary>Codes for whoever has lost the application; they are shown only now, and each is good once.</summary>
    internal sealed record RecoveryCodes(IReadOnlyList<string> Codes);

    public static void MapSecondFactor(this RouteGroupBuilder account)
    {
        RouteGroupBuilder group = account.MapGroup("/second-factor").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status423Locked).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/", PrepareAsync).WithSummary("A secret to put into an application that makes codes; nothing is kept yet");
        group.MapPut("/", BeginAsync).WithSummary("Asks for codes from now on, once a code has shown that the application makes them");
        group.MapPost("/codes", RenewCodesAsync).WithSummary("Ten new recovery codes in place of those that are left");
        group.MapPost("/removal", RemoveAsync).WithSummary("Asks for no more codes");
    }

    private static async Task<Results<Ok<SecondFactorSetup>, ProblemHttpResult>> PrepareAsync(
        Confirmation wanted, HttpContext context, Caller caller, UserManager<Account> accounts, PasswordCheck check, SecondFactors factors)
    {
        Account account = await accounts.OwnAsync(caller);
        if (await check.RefusalOfAsync(context, account, wanted.Password) is { } refusal)
        {
            return refusal;
        }

        SecondFactors.Setup setup = factors.Prepare(account);
        return TypedResults.Ok(new SecondFactorSetup(setup.Secret, setup.Address, QrPicture.Of(setup.Address), setup.Ticket));
    }

    private static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> BeginAsync(
        SecondFactorProof proof, HttpContext context, Caller caller, UserManager<Account> accounts, SecondFactors factors, Logins logins)
    {
        Account account = await accounts.OwnAsync(caller);
        if (proof is not { Ticket: { Length: > 0 and <= LongestTicket } ticket, Code: { Length: > 0 and <= 100 } code }
            || await factors.BeginAsync(account, ticket, code) is not { } codes)
        {
            return Problems.BadRequest("wrong-code", "验证码不对；请输入应用里现在显示的 6 位数字");
        }

        // What the rule for administrators has kept back is open at once.
        foreach (Login login in logins.All.Where(login => login.AccountId == context.Login()!.AccountId))
        {
            login.HasSecondFactor = true;
        }

        return TypedResults.Ok(new RecoveryCodes(codes));
    }

    private static async Task<Results<Ok<RecoveryCodes>, ProblemHttpResult>> RenewCodesAsync(
        Confirmation wanted, HttpContext context, Caller caller, UserManager<Account> accounts, PasswordCheck check, SecondFactors factors)
    {
        Account account = await accounts.OwnAsync(caller);
        return await check.RefusalOfAsync(context, account, wanted.Password) is { } refusal ? refusal
            : account.SecondFactor is null ? Problems.BadRequest("no-second-factor", "还没有设置两步验证")
            : TypedResults.Ok(new RecoveryCodes(await factors.RenewCodesAsync(account)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Confirmation wanted, HttpContext context, Caller caller, UserManager<Account> accounts, PasswordCheck check,
        SecondFactors factors, SecondFactorRule rule, RecordsContext records, AuditTrail audit)
    {
        Account account = await accounts.OwnAsync(caller);
        if (await check.RefusalOfAsync(context, account, wanted.Password) is { } refusal)
        {
            return refusal;
        }

        if (rule.AppliesTo(caller.Role))
        {
            return Problems.BadRequest("second-factor-kept", "管理员必须有两步验证，不能取消");
        }

        await audit.CommitAsync(records, deed => factors.RemoveAsync(deed, account, caller.UserName));
        return TypedResults.NoContent();
    }
}
