using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Identity;

/// <summary>Signing in and out: <c>/api/session</c>.</summary>
internal static class SessionFeature
{
    /// <summary>What is asked for to sign in.</summary>
    /// <param name="UserName">The account's name.</param>
    /// <param name="Password">Its password.</param>
    /// <param name="Code">Of the second factor, or a recovery code; left out until "code-needed" asks for it.</param>
    internal sealed record Credentials(string? UserName, string? Password, string? Code = null);

    /// <summary>
    /// Who is signed in, and all that they may do. The school is null for the district's roles. Of MustSetUpSecondFactor nothing else
    /// is answered before that is done.
    /// </summary>
    internal sealed record SessionUser(
        string UserName, string DisplayName, Role Role, string? SchoolId, string? SchoolName, IEnumerable<Grant> Permissions,
        bool MustSetUpSecondFactor);

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/session").WithTags("Session");
        SecondFactorRule.Open(group);
        group.MapPost("/", SignInAsync)
            .AllowAnonymous()
            .WithSummary("Signs in and sets the session cookie")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
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
        Credentials credentials, HttpContext context, SignIns signIns, SignInAnswers answers, SessionOpening opening)
    {
        if (credentials is not { UserName: { Length: > 0 and <= 100 } userName, Password: { Length: > 0 and <= 200 } password }
            || credentials.Code?.Length > 100)
        {
            return SignInAnswers.WrongCredentials();
        }

        SignIns.Outcome outcome = await signIns.TryAsync(context, userName, password, credentials.Code);
        return await answers.RefusalOfAsync(outcome, context) is { } refusal
            ? refusal
            : TypedResults.Ok(await opening.OpenAsync(context, outcome.Account!));
    }

    private static Ok<SessionUser> Current(HttpContext context, SchoolBook book, SecondFactorRule rule) =>
        TypedResults.Ok(Describe(Caller.From(context.User), book, context.Login() is { } login && rule.Holds(login)));

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
    public static SessionUser Describe(Caller caller, SchoolBook book, bool mustSetUpSecondFactor) => new(
        caller.UserName,
        caller.DisplayName,
        caller.Role,
        caller.SchoolId,
        caller.SchoolId is { } school ? book.FindSchool(school)?.Name : null,
        Permissions.Of(caller),
        mustSetUpSecondFactor);
}
