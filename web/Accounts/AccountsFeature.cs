using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Books.Editing;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Accounts;

/// <summary>The accounts in the browser: <c>/api/accounts</c>.</summary>
internal static class AccountsFeature
{
    /// <summary>Accounts, by name.</summary>
    internal sealed record AccountList(IReadOnlyList<AccountView> Accounts);

    /// <summary>A link to hand out, which is shown only now; Qr is the same as an SVG picture.</summary>
    internal sealed record InvitationLink(string Url, DateTimeOffset ExpiresAt, string Qr);

    /// <summary>An account with its link.</summary>
    internal sealed record InvitedAccount(AccountView Account, InvitationLink Invitation);

    /// <summary>The school whose teachers are to have accounts.</summary>
    internal sealed record TeachersOf(string? SchoolId);

    /// <summary>A teacher's new account with its link, which is told only now; Url null: the account's name is taken.</summary>
    internal sealed record TeacherAccount(string TeacherName, string? Number, string UserName, string? Url);

    /// <summary>The accounts that were made; ExpiresAt: when their links end.</summary>
    internal sealed record TeacherAccounts(IReadOnlyList<TeacherAccount> Teachers, DateTimeOffset? ExpiresAt);

    /// <summary>Whether an account is to be locked.</summary>
    internal sealed record Lock(bool Locked);

    public static void AddAccountManagement(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Invitations>();
        builder.Services.AddScoped<AccountKeeper>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/accounts").Require(Permission.ManageAccounts).WithTags("Accounts")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync).WithSummary("The accounts that the caller may look after");
        group.MapPost("/", MakeAsync).WithSummary("Makes an account, with a link to choose its password")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/teachers", MakeForTeachersAsync)
            .WithSummary("Makes accounts with links for all teachers of a school who have none; 300 at a time")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{userName}", ChangeAsync).WithSummary("Changes an account's person, role or school; its sessions end")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{userName}/invitation", InviteAsync).WithSummary("A new link to choose the password")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{userName}/lock", LockAsync).WithSummary("Locks an account, whose sessions end, or lets it in again")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{userName}/second-factor", RemoveSecondFactorAsync)
            .WithSummary("Takes an account's second factor away, for a person who has lost it; its sessions end")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{userName}/sessions", SessionsAsync).WithSummary("Where an account is signed in")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{userName}/sessions/{sessionId}", EndSessionAsync).WithSummary("Ends a session of an account")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<AccountList>, ProblemHttpResult>> ListAsync(
        Caller caller, AccountKeeper keeper, CancellationToken cancellationToken, string? schoolId = null) =>
        TypedResults.Ok(new AccountList(await keeper.ListAsync(caller, schoolId, cancellationToken)));

    private static async Task<Results<Created<InvitedAccount>, ProblemHttpResult>> MakeAsync(
        AccountEntry entry, HttpRequest request, Caller caller, AccountKeeper keeper, UserManager<Account> accounts,
        RecordsContext records, IOptions<MediaSettings> media)
    {
        (CheckedAccount? account, IReadOnlyList<FieldFault> faults) = await CheckedAccount.ReadAsync(entry, null, records, accounts);
        if (account is null)
        {
            return BadAccount(faults);
        }

        if (!caller.MayManage(account.Role, account.SchoolId))
        {
            return Problems.Forbidden();
        }

        AccountKeeper.Link link = await keeper.MakeAsync(caller, account);
        AccountView made = await keeper.ShowAsync((await accounts.FindByNameAsync(account.UserName))!);
        return TypedResults.Created((string?)null, new InvitedAccount(made, Show(link, request, media.Value)));
    }

    private static async Task<Results<Ok<TeacherAccounts>, ProblemHttpResult>> MakeForTeachersAsync(
        TeachersOf of, HttpRequest request, Caller caller, AccountKeeper keeper, SchoolBook book, IOptions<MediaSettings> media)
    {
        if (of.SchoolId is not { } schoolId || book.FindSchool(schoolId) is null)
        {
            return Problems.UnknownSchool();
        }

        if (!caller.MayManage(Role.Teacher, schoolId))
        {
            return Problems.Forbidden();
        }

        IReadOnlyList<(Teacher Teacher, string UserName, AccountKeeper.Link? Link)> made =
            await keeper.MakeForTeachersAsync(caller, schoolId);
        return TypedResults.Ok(new TeacherAccounts(
            [.. made.Select(one => new TeacherAccount(
                one.Teacher.Name, one.Teacher.Number, one.UserName, one.Link is { } link ? UrlOf(link, request, media.Value) : null))],
            made.Select(one => one.Link?.ExpiresAt).Max()));
    }

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> ChangeAsync(
        string userName, AccountEntry entry, Caller caller, AccountKeeper keeper, UserManager<Account> accounts, RecordsContext records)
    {
        if (await keeper.FindAsync(caller, userName) is not { } account)
        {
            return UnknownAccount();
        }

        (CheckedAccount? wanted, IReadOnlyList<FieldFault> faults) = await CheckedAccount.ReadAsync(entry, account, records, accounts);
        if (wanted is null)
        {
            return BadAccount(faults);
        }

        if (IsOwn(caller, account) && ((wanted.Role, wanted.SchoolId) != (account.Role, account.SchoolId)
            || (wanted.OfficeFrom, wanted.OfficeUntil) != (account.OfficeFrom, account.OfficeUntil)))
        {
            return OwnAccount();
        }

        if (!caller.MayManage(wanted.Role, wanted.SchoolId))
        {
            return Problems.Forbidden();
        }

        await keeper.ChangeAsync(caller, account, wanted);
        return TypedResults.Ok(await keeper.ShowAsync(account));
    }

    private static async Task<Results<Ok<InvitationLink>, ProblemHttpResult>> InviteAsync(
        string userName, HttpRequest request, Caller caller, AccountKeeper keeper, IOptions<MediaSettings> media) =>
        await keeper.FindAsync(caller, userName) is { } account
            ? TypedResults.Ok(Show(await keeper.InviteAsync(caller, account), request, media.Value))
            : UnknownAccount();

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> LockAsync(
        string userName, Lock wanted, Caller caller, AccountKeeper keeper)
    {
        if (await keeper.FindAsync(caller, userName) is not { } account)
        {
            return UnknownAccount();
        }

        if (IsOwn(caller, account))
        {
            return OwnAccount();
        }

        await keeper.SetLockedAsync(caller, account, wanted.Locked);
        return TypedResults.Ok(await keeper.ShowAsync(account));
    }

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> RemoveSecondFactorAsync(
        string userName, Caller caller, AccountKeeper keeper)
    {
        if (await keeper.FindAsync(caller, userName) is not { } account)
        {
            return UnknownAccount();
        }

        if (IsOwn(caller, account))
        {
            return Problems.BadRequest("own-second-factor", "自己的两步验证在“我的帐号”中取消，要输入密码");
        }

        await keeper.RemoveSecondFactorAsync(caller, account);
        return TypedResults.Ok(await keeper.ShowAsync(account));
    }

    private static async Task<Results<Ok<SessionList>, ProblemHttpResult>> SessionsAsync(
        string userName, Caller caller, AccountKeeper keeper, Logins logins) =>
        await keeper.FindAsync(caller, userName) is { } account
            ? TypedResults.Ok(logins.ListOf(account.Id, caller))
            : UnknownAccount();

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionAsync(
        string userName, string sessionId, Caller caller, AccountKeeper keeper, Logins logins, LoginKeeper loginKeeper)
    {
        if (await keeper.FindAsync(caller, userName) is not { } account)
        {
            return UnknownAccount();
        }

        if (logins.FindOf(account.Id, sessionId) is not { } session)
        {
            return Problems.NotFound("unknown-session", "没有这个登录");
        }

        await loginKeeper.EndAsync(session, LoginEnd.Revoked);
        return TypedResults.NoContent();
    }

    private static InvitationLink Show(AccountKeeper.Link link, HttpRequest request, MediaSettings media)
    {
        string url = UrlOf(link, request, media);
        return new InvitationLink(url, link.ExpiresAt, QrPicture.Of(url));
    }

    // Behind the "#", so that it is in no server's log.
    private static string UrlOf(AccountKeeper.Link link, HttpRequest request, MediaSettings media) =>
        $"{media.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}"}/invitation#{link.Token}";

    private static bool IsOwn(Caller caller, Account account) =>
        string.Equals(caller.UserName, account.UserName, StringComparison.OrdinalIgnoreCase);

    private static ProblemHttpResult UnknownAccount() => Problems.NotFound("unknown-account", "没有这个帐号");

    private static ProblemHttpResult OwnAccount() => Problems.BadRequest("own-account", "不能锁定自己，也不能更改自己的角色和任期");

    private static ProblemHttpResult BadAccount(IReadOnlyList<FieldFault> faults) => Problems.Create(
        StatusCodes.Status400BadRequest, "bad-row", string.Join("；", faults.Select(fault => fault.Reason)), ("faults", faults));
}
