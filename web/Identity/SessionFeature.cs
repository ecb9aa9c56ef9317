using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Schools;

namespace Xunke.Web.Identity;

/// <summary>Signing in and out: <c>/api/session</c>.</summary>
internal static class SessionFeature
{
    /// <summary>What is asked for to sign in.</summary>
    internal sealed record Credentials(string? UserName, string? Password);

    /// <summary>Who is signed in. The school is a principal's; null for the other roles.</summary>
    internal sealed record SessionUser(string UserName, string DisplayName, Role Role, string? SchoolId, string? SchoolName);

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/session").WithTags("Session");
        group.MapPost("/", SignInAsync)
            .AllowAnonymous()
            .RequireRateLimiting(IdentityFeature.LoginLimit)
            .WithSummary("Signs in and sets the session cookie")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status423Locked)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/", Current)
            .RequireAuthorization()
            .WithSummary("Who is signed in")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapDelete("/", SignOutAsync)
            .AllowAnonymous()
            .WithSummary("Signs out; harmless when nobody is signed in");
    }

    private static async Task<Results<Ok<SessionUser>, ProblemHttpResult>> SignInAsync(
        Credentials credentials,
        HttpContext context,
        SignInManager<Account> signIn,
        SignInRefusals refusals,
        AuditTrail audit,
        SchoolBook book,
        WorkGuard guard,
        TimeProvider time)
    {
        if (credentials is not { UserName: { Length: > 0 and <= 100 } userName, Password: { Length: > 0 and <= 200 } password })
        {
            return WrongCredentials();
        }

        if (await signIn.UserManager.FindByNameAsync(userName) is not { } account)
        {
            // As slow as a wrong password, so that the answer's time does not tell which names exist.
            signIn.UserManager.PasswordHasher.HashPassword(Nobody, password);
            refusals.Note(null, context.Connection.RemoteIpAddress);
            return WrongCredentials();
        }

        bool wasLocked = await signIn.UserManager.IsLockedOutAsync(account);
        SignInResult result = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            refusals.Note(account.UserName, context.Connection.RemoteIpAddress);
        }

        if (result.IsLockedOut)
        {
            if (!wasLocked)
            {
                await audit.RecordAsync(account.UserName!, "session.locked-out", account.UserName!);
            }

            DateTimeOffset until = account.LockoutEnd ?? time.GetUtcNow();
            int seconds = Math.Max(1, (int)Math.Ceiling((until - time.GetUtcNow()).TotalSeconds));
            return Problems.Create(StatusCodes.Status423Locked, "locked-out", "密码错误次数过多，帐号已暂时锁定", ("retryAfterSeconds", seconds));
        }

        if (!result.Succeeded)
        {
            return WrongCredentials();
        }

        // First: no session without its line.
        try
        {
            await audit.RecordAsync(account.UserName!, "session.opened", account.UserName!);
        }
        catch (RecordsUnavailableException fault) when (fault.Fault == RecordsFault.Damaged)
        {
            // But for a damaged trail, which takes no line until somebody mends it: health and log say so, and the rooms must be seen.
            guard.Failed("audit", fault);
        }

        await signIn.SignInAsync(account, isPersistent: false);
        return TypedResults.Ok(Describe(new Caller(account.UserName!, account.DisplayName, account.Role, account.SchoolId), book));
    }

    private static Account Nobody { get; } = new() { DisplayName = string.Empty, Role = Role.Inspector };

    private static ProblemHttpResult WrongCredentials() =>
        Problems.Create(StatusCodes.Status401Unauthorized, "wrong-credentials", "用户名或密码不对");

    private static Ok<SessionUser> Current(ClaimsPrincipal user, SchoolBook book) => TypedResults.Ok(Describe(Caller.From(user), book));

    private static async Task<NoContent> SignOutAsync(ClaimsPrincipal user, SignInManager<Account> signIn, AuditTrail audit)
    {
        if (user.Identity?.IsAuthenticated == true)
        {
            string userName = Caller.From(user).UserName;
            await audit.RecordAsync(userName, "session.closed", userName);
        }

        await signIn.Context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.NoContent();
    }

    private static SessionUser Describe(Caller caller, SchoolBook book) => new(
        caller.UserName,
        caller.DisplayName,
        caller.Role,
        caller.SchoolId,
        caller.SchoolId is { } school ? book.FindSchool(school)?.Name : null);
}
