using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Mail;

namespace Xunke.Web.Audit;

/// <summary>The audit trail for administrators: read, exported and verified: <c>/api/admin/audit</c>.</summary>
internal static class AuditFeature
{
    private const int MaxTake = 500;
    private const int MaxKinds = 20;

    /// <summary>A line of the trail.</summary>
    internal sealed record AuditLine(
        long Line, DateTimeOffset At, string UserName, string Action, string Subject, string? Purpose, string Hash);

    /// <summary>A page of the trail, newest first; Next is the <c>before</c> of the page that follows, null on the last.</summary>
    internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditKeyFile>().AddSingleton<AuditTrail>().AddSingleton<Looks>()
            .AddSingleton<AuditHeads>().AddSingleton<MailServer>().AddSingleton<HeadMail>().AddSingleton<LookKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LookKeeper>());
    }

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/admin/audit").Require(Permission.ReadAudit)
            .WithTags("Administration")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync)
            .WithSummary("Lines of the audit trail, newest first: by time, account, kinds (the beginnings of actions, with commas between) and target (a part of the subject)")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/export", ExportAsync)
            .WithSummary("The lines that match as CSV, oldest first; the export is in the trail")
            .Produces(StatusCodes.Status200OK, contentType: AuditCsv.ContentType);
        group.MapGet("/head", HeadAsync)
            .WithSummary("The trail's last line, sealed: keep it elsewhere, and verify with it later");
        group.MapGet("/verification", VerifyAsync)
            .WithSummary("Checks the audit trail from its first line to its last");
        group.MapPost("/verification", VerifyWithHeadAsync)
            .WithSummary("The same with a head that was exported earlier: lines that were cut off the end since are seen too")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> ListAsync(
        Caller caller,
        Looks looks,
        RecordsContext records,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? user = null,
        string? action = null,
        string? target = null,
        long? before = null,
        int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        await looks.RecordAsync(caller, LookKinds.Audit, "trail");
        IQueryable<AuditEntry> found = Find(records, from, to, user, action, target);
        found = before is { } limit ? found.Where(line => line.Id < limit) : found;
        List<AuditEntry> lines = await found.OrderByDescending(line => line.Id).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(new AuditPage(
            [.. lines.Take(take)
                .Select(line => new AuditLine(line.Id, line.At, line.UserName, line.Action, line.Subject, line.Purpose, line.Hash))],
            lines.Count > take ? lines[take - 1].Id : null));
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        Caller caller,
        AuditTrail audit,
        RecordsContext records,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? user = null,
        string? action = null,
        string? target = null)
    {
        string asked = string.Join(' ', new[] { from?.ToString("O"), to?.ToString("O"), user, action, target }.Select(one => one ?? "-"));
        await audit.RecordAsync(caller.UserName, "audit.exported", asked);
        IAsyncEnumerable<AuditEntry> lines = Find(records, from, to, user, action, target).OrderBy(line => line.Id).AsAsyncEnumerable();
        return TypedResults.Stream(
            body => AuditCsv.WriteAsync(body, lines, cancellationToken), AuditCsv.ContentType, "audit.csv");
    }

    private static async Task<Ok<AuditHead>> HeadAsync(AuditTrail audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.HeadAsync(cancellationToken));

    private static async Task<Ok<AuditVerdict>> VerifyAsync(AuditTrail audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.VerifyAsync(cancellationToken));

    private static async Task<Results<Ok<AuditVerdict>, ProblemHttpResult>> VerifyWithHeadAsync(
        AuditHead head, AuditTrail audit, CancellationToken cancellationToken) =>
            head is { Hash: not null, KeyId: not null, Seal: not null }
            ? TypedResults.Ok(await audit.VerifyAsync(cancellationToken, head))
            : Problems.BadRequest("bad-head", "这不是导出的审计链头");

    private static IQueryable<AuditEntry> Find(
        RecordsContext records, DateTimeOffset? from, DateTimeOffset? to, string? user, string? action, string? target)
    {
        IQueryable<AuditEntry> found = records.Audit.AsNoTracking();
        found = from is { } since ? found.Where(line => line.At >= since) : found;
        found = to is { } until ? found.Where(line => line.At < until) : found;
        found = string.IsNullOrEmpty(user) ? found : found.Where(line => line.UserName == user);
        found = string.IsNullOrEmpty(action) ? found : found.Where(BeginsWithAny(action.ToLowerInvariant().Split(',')));
        return string.IsNullOrEmpty(target) ? found : found.Where(line => line.Subject.Contains(target));
    }

    private static Expression<Func<AuditEntry, bool>> BeginsWithAny(IEnumerable<string> kinds)
    {
        ParameterExpression line = Expression.Parameter(typeof(AuditEntry));
        MemberExpression action = Expression.Property(line, nameof(AuditEntry.Action));
        return Expression.Lambda<Func<AuditEntry, bool>>(
            kinds.Take(MaxKinds).Select(BeginsWith).Aggregate(Expression.OrElse), line);

        Expression BeginsWith(string kind)
        {
            // A variable becomes a parameter of the statement.
            Expression<Func<string>> value = () => kind;
            return Expression.Call(action, nameof(string.StartsWith), null, value.Body);
        }
    }
}
