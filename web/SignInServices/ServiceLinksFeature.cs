using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Accounts;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.OwnAccount;

namespace Xunke.Web.SignInServices;

/// <summary>
/// The services that accounts are linked with: <c>/api/account/services</c> and <c>/api/accounts/{userName}/services</c>.
/// </summary>
internal static class ServiceLinksFeature
{
    /// <summary>A service.</summary>
    /// <param name="Name">Its short name.</param>
    /// <param name="Label">What people call it, in Chinese.</param>
    /// <param name="LabelEn">The same in English.</param>
    /// <param name="LinkedAt">When the account was linked with it; null: it is not.</param>
    /// <param name="IsOffered">Whether people can sign in with it; a link with another is kept, but opens nothing.</param>
    internal sealed record ServiceLink(string Name, string Label, string LabelEn, DateTimeOffset? LinkedAt, bool IsOffered);

    /// <summary>Services.</summary>
    internal sealed record ServiceLinkList(IEnumerable<ServiceLink> Services);

    /// <summary>The own password, which is asked for before the account is linked.</summary>
    internal sealed record LinkWish(string? Password);

    public static void MapServiceLinks(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder own = app.MapGroup("/api/account/services").RequireAuthorization().WithTags("Own account")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        SecondFactorRule.Open(own);
        own.MapGet("/", ListOwnAsync).WithSummary("The services that the own account can be or is linked with");
        own.MapPost("/", LinkAsync).WithSummary("Links the own account with whom a service has named to this browser")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status423Locked).ProducesProblem(StatusCodes.Status429TooManyRequests);
        own.MapDelete("/{service}", UnlinkOwnAsync).WithSummary("Takes the own account's link with a service away")
            .ProducesProblem(StatusCodes.Status404NotFound);
        RouteGroupBuilder others = app.MapGroup("/api/accounts/{userName}/services").Require(Permission.ManageAccounts)
            .WithTags("Accounts").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        others.MapGet("/", ListAsync).WithSummary("The services that an account is linked with");
        others.MapDelete("/{service}", UnlinkAsync).WithSummary("Takes an account's link with a service away; its sessions end");
    }

    private static async Task<Ok<ServiceLinkList>> ListOwnAsync(
        HttpContext context, SignInServiceBook book, AccountLinks links, CancellationToken cancellationToken)
    {
        List<AccountLink> linked = await links.ListAsync(context.Login()!.AccountId, cancellationToken);
        return TypedResults.Ok(new ServiceLinkList(
        [
            .. book.All.Select(service => new ServiceLink(
                service.Name, service.Label, service.LabelEn, linked.Find(link => link.Service == service.Name)?.LinkedAt,
                IsOffered: true)),
            .. linked.Where(link => book.Find(link.Service) is null).Select(link => Show(link, book)),
        ]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LinkAsync(
        LinkWish wish, HttpContext context, Caller caller, UserManager<Account> accounts, PasswordCheck check, PendingSignIns pending,
        SignInServiceBook book, AccountLinks links)
    {
        if (pending.Read(context.Request) is not { } who || book.Find(who.Service) is not { } service)
        {
            return Problems.BadRequest("no-service-sign-in", "登录没有完成，或已过了十分钟；请再来一次");
        }

        Account account = await accounts.OwnAsync(caller);
        if (await check.RefusalOfAsync(context, account, wish.Password) is { } refusal)
        {
            return refusal;
        }

        LinkOutcome outcome = await links.AddAsync(account, who);
        if (outcome is not LinkOutcome.Linked)
        {
            return outcome is LinkOutcome.HasAnother
                ? Refused("has-another-link", $"您的帐号已关联另一个“{service.Label}”帐号；请先解除", service)
                : Refused("linked-elsewhere", $"这个“{service.Label}”帐号已关联本系统的另一个帐号", service);
        }

        PendingSignIns.Forget(context);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnlinkOwnAsync(
        string service, Caller caller, UserManager<Account> accounts, AccountLinks links) =>
        await links.RemoveAsync(await accounts.OwnAsync(caller), service, caller.UserName) ? TypedResults.NoContent() : NotLinked();

    private static async Task<Results<Ok<ServiceLinkList>, ProblemHttpResult>> ListAsync(
        string userName, Caller caller, AccountKeeper keeper, SignInServiceBook book, AccountLinks links,
        CancellationToken cancellationToken) =>
        await keeper.FindAsync(caller, userName) is { } account
            ? TypedResults.Ok(new ServiceLinkList(
                (await links.ListAsync(account.Id, cancellationToken)).Select(link => Show(link, book))))
            : UnknownAccount();

    private static async Task<Results<NoContent, ProblemHttpResult>> UnlinkAsync(
        string userName, string service, Caller caller, AccountKeeper keeper, AccountLinks links) =>
        await keeper.FindAsync(caller, userName) is not { } account ? UnknownAccount()
            : await links.RemoveAsync(account, service, caller.UserName) ? TypedResults.NoContent() : NotLinked();

    private static ServiceLink Show(AccountLink link, SignInServiceBook book) => book.Find(link.Service) is { } service
        ? new ServiceLink(service.Name, service.Label, service.LabelEn, link.LinkedAt, IsOffered: true)
        : new ServiceLink(link.Service, link.Service, link.Service, link.LinkedAt, IsOffered: false);

    private static ProblemHttpResult Refused(string code, string detail, SignInService service) =>
        Problems.Create(StatusCodes.Status409Conflict, code, detail, ("label", service.Label), ("labelEn", service.LabelEn));

    private static ProblemHttpResult NotLinked() => Problems.NotFound("no-link", "没有这个关联");

    private static ProblemHttpResult UnknownAccount() => Problems.NotFound("unknown-account", "没有这个帐号");
}
