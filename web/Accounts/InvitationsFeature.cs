using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Identity;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Accounts;

/// <summary>What somebody does who has got a link: <c>/api/invitations</c>.</summary>
internal static class InvitationsFeature
{
    /// <summary>What the link carries.</summary>
    internal sealed record Token(string? Value);

    /// <summary>Whom a link is for.</summary>
    internal sealed record Invited(string UserName, string DisplayName, Role Role, string? SchoolName, bool HasPassword);

    /// <summary>The password that was chosen.</summary>
    internal sealed record Choice(string? Value, string? Password);

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/invitations").AllowAnonymous().WithTags("Accounts")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/look", LookAsync).WithSummary("Whom a link is for");
        group.MapPost("/use", UseAsync).WithSummary("Chooses the password of the link's account, and signs in; 204: the sign-in asks for more")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<Invited>, ProblemHttpResult>> LookAsync(
        Token token, Invitations invitations, SchoolBook book) =>
        await invitations.FindAsync(token.Value) is { } account
            ? TypedResults.Ok(new Invited(
                account.UserName!, account.DisplayName, account.Role, book.FindSchool(account.SchoolId)?.Name,
                account.PasswordHash is not null))
            : UnknownLink();

    private static async Task<Results<Ok<SessionFeature.SessionUser>, NoContent, ProblemHttpResult>> UseAsync(
        Choice choice, HttpContext context, Invitations invitations, SessionOpening opening, TimeProvider time)
    {
        Invitations.Use use = await invitations.UseAsync(choice.Value, choice.Password);
        return use switch
        {
            { Account: null } => UnknownLink(),
            { Faults.Count: > 0 } => PasswordChoice.Weak(),
            // A link stands for the password alone: the code, or the day, is asked for at the sign-in.
            { Account: var account } when account.SecondFactor is not null
                || Office.Of(account, time.Today()) is not OfficeState.Held => TypedResults.NoContent(),
            _ => TypedResults.Ok(await opening.OpenAsync(context, use.Account)),
        };
    }

    private static ProblemHttpResult UnknownLink() => Problems.NotFound("unknown-link", "链接无效，或已用过、已过期；请让管理员重新发一个");
}
