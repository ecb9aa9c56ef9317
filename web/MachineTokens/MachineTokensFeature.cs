using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;

namespace Xunke.Web.MachineTokens;

/// <summary>The tokens of other programs: <c>/api/admin/tokens</c>.</summary>
internal static class MachineTokensFeature
{
    private const int LongestName = 60;
    private const int MostDays = 730;

    /// <summary>A token as it is asked for. Days is how long it lasts, 1 to 730.</summary>
    internal sealed record NewToken(string? Name, IReadOnlyList<MachineScope>? Scopes, string? SchoolId, int Days);

    /// <summary>A token without what it is used with. SchoolId null: all schools.</summary>
    internal sealed record MachineTokenView(
        Guid TokenId, string Name, IReadOnlyList<MachineScope> Scopes, string? SchoolId, string MadeBy, DateTimeOffset MadeAt,
        DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt);

    /// <summary>Tokens, the newest first.</summary>
    internal sealed record MachineTokenList(IReadOnlyList<MachineTokenView> Tokens);

    /// <summary>A new token; Secret is what the machine sends, and is shown only now.</summary>
    internal sealed record MadeToken(MachineTokenView Token, string Secret);

    public static void MapMachineTokens(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/admin/tokens").Require(Permission.ManageMachines).WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync).WithSummary("The tokens of other programs, also those that have ended");
        group.MapPost("/", MakeAsync).WithSummary("Makes a token; it is shown only in this answer")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{tokenId:guid}", RevokeAsync).WithSummary("Ends a token at once")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<MachineTokenList>> ListAsync(RecordsContext records, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MachineTokenList(
        [
            .. (await records.MachineTokens.AsNoTracking().OrderByDescending(token => token.MadeAt).ToListAsync(cancellationToken))
                .Select(Show),
        ]));

    private static async Task<Results<Created<MadeToken>, ProblemHttpResult>> MakeAsync(
        NewToken wanted, Caller caller, SchoolBook book, AuditTrail audit, TimeProvider time)
    {
        if (PlainText.Line(wanted.Name, 2, LongestName) is not { } name)
        {
            return Problems.BadRequest("bad-name", $"请写明令牌给谁用，2 到 {LongestName} 字，不能含看不见的字符");
        }

        if (wanted.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => !Enum.IsDefined(scope)))
        {
            return Problems.BadRequest("no-scope", "请至少选择一项权限");
        }

        if (wanted.SchoolId is not null && book.FindSchool(wanted.SchoolId) is null)
        {
            return Problems.BadRequest("unknown-school", "没有这所学校");
        }

        if (wanted.Days is < 1 or > MostDays)
        {
            return Problems.BadRequest("bad-days", $"有效天数应为 1 到 {MostDays}");
        }

        if (wanted.SchoolId is not null && scopes.Contains(MachineScope.Operations))
        {
            return Problems.BadRequest("operations-of-school", "“运行指标”属于全区，不能限定学校");
        }

        string secret = MachineIdentity.Prefix + LinkToken.Make();
        DateTimeOffset now = time.GetUtcNow();
        var token = new MachineToken
        {
            Id = Guid.NewGuid(),
            Digest = LinkToken.DigestOf(secret),
            Name = name,
            Scopes = string.Join(' ', scopes.Distinct().Order()),
            SchoolId = wanted.SchoolId,
            MadeBy = caller.UserName,
            MadeAt = now,
            ExpiresAt = now.AddDays(wanted.Days),
        };
        bool isTaken = false;
        await audit.CommitAsync(async deed =>
        {
            isTaken = await deed.Records.MachineTokens.AnyAsync(one => one.Name == name);
            if (isTaken)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.MachineTokens.Add(token);
            deed.Tell(
                caller.UserName, "machine.made",
                string.Join(' ', new[] { Subject(token), token.Scopes, token.SchoolId }.OfType<string>()));
        });
        return isTaken
            ? Problems.Create(StatusCodes.Status409Conflict, "name-taken", "已有同名的令牌；审计记录按名字区分，请换一个")
            : TypedResults.Created((string?)null, new MadeToken(Show(token), secret));
    }

    private static async Task<Results<Ok<MachineTokenView>, ProblemHttpResult>> RevokeAsync(
        Guid tokenId, Caller caller, AuditTrail audit, TimeProvider time)
    {
        MachineToken? token = null;
        await audit.CommitAsync(async deed =>
        {
            token = await deed.Records.MachineTokens.SingleOrDefaultAsync(one => one.Id == tokenId);
            if (token is { RevokedAt: null })
            {
                token.RevokedAt = time.GetUtcNow();
                deed.Tell(caller.UserName, "machine.revoked", Subject(token));
            }
        });
        return token is null ? Problems.NotFound("unknown-token", "没有这个令牌") : TypedResults.Ok(Show(token));
    }

    private static string Subject(MachineToken token) => MachineIdentity.NamePrefix + token.Name;

    private static MachineTokenView Show(MachineToken token) => new(
        token.Id, token.Name, MachineIdentity.ReadScopes(token.Scopes), token.SchoolId, token.MadeBy, token.MadeAt, token.ExpiresAt,
        token.UsedAt, token.RevokedAt);
}
