using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Identity;

/// <summary>Signing in and out: <c>/api/session</c>.</summary>
internal static class SessionFeature
{
    /// <summary>What is asked for to sign in.</summary>
    internal sealed record Credentials(string? UserName, string? Password);

    /// <summary>Who is signed in, and all that they may do. The school is null for the district's roles.</summary>
    internal sealed record SessionUser(
        string UserName, string DisplayName, Role Role, string? SchoolId, string? SchoolName, IEnumerable<Grant> Permissions);

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/session").WithTags("Session");
        group.MapPost("/", SignInAsync)
            .AllowAnonymous()
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
            .WithSummary("Signs out: the session, its visits and its pictures end; harmless when nobody is signed in");
    }

    private static async Task<Results<Ok<SessionUser>, ProblemHttpResult>> SignInAsync(
        Credentials credentials,
        HttpContext context,
        SignIns signIns,
        SignInRefusals refusals,
        SessionOpening opening,
        AuditTrail audit)
    {
        if (credentials is not { UserName: { Length: > 0 and <= 100 } userName, Password: { Length: > 0 and <= 200 } password })
        {
            return WrongCredentials();
        }

        SignIns.Outcome outcome = await signIns.TryAsync(context, userName, password);
        if (outcome.Account is null)
        {
            refusals.Note(outcome.KnownName, context.Connection.RemoteIpAddress);
        }

        if (outcome.BeginsWait)
        {
            // Alike for names that no account has, so that the work is the same; but people type passwords into that field.
            await audit.RecordAsync(AuditTrail.System, "session.locked-out", outcome.KnownName ?? "unknown");
        }

        if (outcome.Wait is { } wait)
        {
            return HasToWait(wait, context.Response);
        }

        if (outcome.Account is not { } account)
        {
            return WrongCredentials();
        }

        return TypedResults.Ok(await opening.OpenAsync(context, account));
    }

    private static ProblemHttpResult HasToWait(SignInWait wait, HttpResponse response)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.Wait.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return wait.OfAddress
            ? Problems.Create(StatusCodes.Status429TooManyRequests, "too-many-requests", "登录太频繁，请稍后再试", ("retryAfterSeconds", seconds))
            : Problems.Create(StatusCodes.Status423Locked, "locked-out", "密码错误次数过多，请稍后再试", ("retryAfterSeconds", seconds));
    }

    private static ProblemHttpResult WrongCredentials() =>
        Problems.Create(StatusCodes.Status401Unauthorized, "wrong-credentials", "用户名或密码不对");

    private static Ok<SessionUser> Current(ClaimsPrincipal user, SchoolBook book) => TypedResults.Ok(Describe(Caller.From(user), book));

    private static async Task<NoContent> SignOutAsync(HttpContext context, LoginKeeper logins)
    {
        if (context.Login() is { } login)
        {
            context.OutliveLogin();
            await logins.EndAsync(login, LoginEnd.SignedOut);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.NoContent();
    }

    /// <summary>What the pages are told of somebody.</summary>
    public static SessionUser Describe(Caller caller, SchoolBook book) => new(
        caller.UserName,
        caller.DisplayName,
        caller.Role,
        caller.SchoolId,
        caller.SchoolId is { } school ? book.FindSchool(school)?.Name : null,
        Permissions.Of(caller.Role));
}
