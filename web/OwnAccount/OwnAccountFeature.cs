using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.OwnAccount;

/// <summary>What people do with their own account: <c>/api/account</c>.</summary>
internal static class OwnAccountFeature
{
    /// <summary>Something that an id stands for, by name; an id that is on the books no more is its own name.</summary>
    internal sealed record Named(string Id, string Name, string NameEn);

    /// <summary>The codes besides the password.</summary>
    /// <param name="IsSet">Whether they are asked for.</param>
    /// <param name="IsRequired">Whether the role must have them.</param>
    /// <param name="RecoveryCodes">How many recovery codes are left.</param>
    internal sealed record SecondFactorView(bool IsSet, bool IsRequired, int RecoveryCodes);

    /// <summary>The account of who is signed in. Schools and Subjects are what it is limited to; null: all.</summary>
    internal sealed record OwnAccountView(
        string UserName, string DisplayName, Role Role, string? SchoolName, IReadOnlyList<Named>? Schools, IReadOnlyList<Named>? Subjects,
        DateOnly? OfficeFrom, DateOnly? OfficeUntil, SecondFactorView SecondFactor);

    /// <summary>A new password. With EndOthers the account's other sessions end.</summary>
    internal sealed record NewPassword(string? Password, string? Wanted, bool EndOthers);

    public static void AddOwnAccount(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<OwnPassword>().AddScoped<PasswordCheck>();

    public static void MapOwnAccount(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/account").RequireAuthorization().WithTags("Own account")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        SecondFactorRule.Open(group);
        group.MapGet("/", ShowAsync).WithSummary("The account of who is signed in");
        group.MapPut("/password", ChangePasswordAsync).WithSummary("Changes the own password; the old one is asked for")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status423Locked)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/sessions", Sessions).WithSummary("Where the own account is signed in");
        group.MapDelete("/sessions/{sessionId}", EndSessionAsync).WithSummary("Ends one of the own sessions")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapSecondFactor();
    }

    private static async Task<Ok<OwnAccountView>> ShowAsync(
        Caller caller, UserManager<Account> accounts, SecondFactors factors, SecondFactorRule rule, SchoolBook book,
        TimetableBook timetable, CancellationToken cancellationToken)
    {
        Account account = await accounts.OwnAsync(caller);
        BookNames names = timetable.Names;
        return TypedResults.Ok(new OwnAccountView(
            caller.UserName, caller.DisplayName, caller.Role, book.FindSchool(caller.SchoolId)?.Name,
            caller.Scope.Schools?.Select(id => book.FindSchool(id) is { } school
                ? new Named(id, school.Name, school.NameEn) : new Named(id, id, id)).ToArray(),
            caller.Scope.Subjects?.Select(id => new Named(id, names.Subject(id) ?? id, names.SubjectEn(id) ?? id)).ToArray(),
            account.OfficeFrom, account.OfficeUntil,
            new SecondFactorView(
                account.SecondFactor is not null, rule.AppliesTo(caller.Role), await factors.CountCodesAsync(account, cancellationToken))));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        NewPassword wanted, HttpContext context, Caller caller, UserManager<Account> accounts, PasswordCheck check, OwnPassword own)
    {
        Account account = await accounts.OwnAsync(caller);
        if (await check.RefusalOfAsync(context, account, wanted.Password) is { } refusal)
        {
            return refusal;
        }

        if (wanted.Wanted == wanted.Password)
        {
            return Problems.BadRequest("same-password", "新密码和现在的一样");
        }

        if ((await accounts.FaultsOfAsync(account, wanted.Wanted)).Count > 0)
        {
            return PasswordChoice.Weak();
        }

        await own.ChangeAsync(account, wanted.Wanted!, caller.LoginId, wanted.EndOthers);
        return TypedResults.NoContent();
    }

    private static Ok<SessionList> Sessions(HttpContext context, Caller caller, Logins logins) =>
        TypedResults.Ok(logins.ListOf(context.Login()!.AccountId, caller));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionAsync(
        string sessionId, HttpContext context, Logins logins, LoginKeeper keeper)
    {
        if (logins.FindOf(context.Login()!.AccountId, sessionId) is not { } session)
        {
            return Problems.NotFound("unknown-session", "没有这个登录");
        }

        if (session == context.Login())
        {
            context.OutliveLogin();
        }

        await keeper.EndAsync(session, LoginEnd.Revoked);
        return TypedResults.NoContent();
    }
}
