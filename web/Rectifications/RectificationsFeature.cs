using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Alerts;
using Xunke.Web.Books.Imports;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Rectifications;

/// <summary>Notices of rectification (整改): <c>/api/rectifications</c>.</summary>
internal static class RectificationsFeature
{
    private const int PageSize = 50;
    private const int LastPage = 10_000;
    private const int MostExported = 5_000;

    /// <summary>Which notices a list shows.</summary>
    private enum Filter
    {
        /// <summary>Those that wait for somebody, the most urgent first.</summary>
        Open,

        /// <summary>Those of them whose answer or second look is late.</summary>
        Overdue,

        /// <summary>Open ones that the caller issued or is to answer.</summary>
        Mine,

        /// <summary>Those whose report to the bureau is late.</summary>
        Reports,

        /// <summary>All, the newest first.</summary>
        All,
    }

    public static void AddRectifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RectificationNumbers>();
        builder.Services.AddSingleton<RectificationDeeds>();
        builder.Services.AddSingleton<RectificationFiles>();
        builder.Services.AddScoped<RectificationReader>();
        builder.Services.AddSingleton<NoticeTemplate>();
        builder.Services.AddHostedService<RectificationSweep>();
    }

    public static void MapRectifications(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/rectifications").Require(Permission.SeeRectifications).WithTags("Rectifications")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync)
            .WithSummary("Notices of rectification, fifty a page: open (the most urgent first), overdue, mine, late reports, or all")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/count", CountAsync).WithSummary("How many notices are open, overdue, and have a late report");
        group.MapGet("/file", ExportAsync).WithSummary("The same list as a file; xlsx or csv")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{rectificationId:guid}", ReadAsync).WithSummary("A notice with its rounds and files")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapIssuing();
        group.MapActs();
        group.MapFiles();
        group.MapDocuments();
    }

    private static async Task<Results<Ok<RectificationPage>, ProblemHttpResult>> ListAsync(
        Caller caller, RecordsContext records, RectificationReader reader, CancellationToken cancellationToken, string? filter = null,
        string? schoolId = null, int page = 1)
    {
        if (!AlertWords.TryRead(filter, out Filter? wanted))
        {
            return UnknownFilter();
        }

        if (page is < 1 or > LastPage)
        {
            return Problems.BadRequest("bad-page", $"页码应为 1 到 {LastPage}");
        }

        IQueryable<Rectification> asked = Ask(records, caller, wanted ?? Filter.Open, schoolId, reader.Today);
        List<Rectification> found = await asked.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return TypedResults.Ok(new RectificationPage(
            [.. found.Select(reader.SummaryOf)], page, PageSize, await asked.CountAsync(cancellationToken)));
    }

    private static async Task<Ok<RectificationCount>> CountAsync(
        Caller caller, RecordsContext records, RectificationReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RectificationCount(
            await Ask(records, caller, Filter.Open, null, reader.Today).CountAsync(cancellationToken),
            await Ask(records, caller, Filter.Overdue, null, reader.Today).CountAsync(cancellationToken),
            await Ask(records, caller, Filter.Reports, null, reader.Today).CountAsync(cancellationToken)));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        Caller caller, RecordsContext records, RectificationReader reader, CancellationToken cancellationToken, string? filter = null,
        string? schoolId = null, string format = BookFilesFeature.Workbook)
    {
        if (!AlertWords.TryRead(filter, out Filter? wanted))
        {
            return UnknownFilter();
        }

        List<Rectification> found = await Ask(records, caller, wanted ?? Filter.Open, schoolId, reader.Today)
            .Take(MostExported).ToListAsync(cancellationToken);
        return BookFilesFeature.Write(
            RectificationSheet.Of(found.Select(reader.SummaryOf), caller.May(Permission.IssueRectifications)),
            $"整改 {reader.Today:yyyy-MM-dd}", format);
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> ReadAsync(
        Guid rectificationId, Caller caller, RectificationReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(rectificationId, caller, cancellationToken) is { } one
            ? TypedResults.Ok(await reader.ShowAsync(one, caller, cancellationToken)) : RectificationDeeds.Unknown();

    private static IQueryable<Rectification> Ask(
        RecordsContext records, Caller caller, Filter filter, string? schoolId, DateOnly today)
    {
        IQueryable<Rectification> visible = records.Rectifications.AsNoTracking().VisibleTo(caller);
        visible = schoolId is null ? visible : visible.Where(one => one.SchoolId == schoolId);
        IQueryable<Rectification> open = visible
            .Where(one => one.State != RectificationState.Closed && one.State != RectificationState.Withdrawn);
        (string who, bool answers) = (caller.UserName, caller.ReachOf(Permission.AnswerRectifications) is Reach.School);
        return filter switch
        {
            Filter.Overdue => Urgent(open.Where(one => (one.State == RectificationState.Issued && one.DueOn < today)
                || (one.State == RectificationState.Recheck && one.RecheckOn < today))),
            Filter.Mine => Urgent(open.Where(one => one.IssuedBy == who || one.Responsible == who || (answers && one.Responsible == null))),
            Filter.Reports => caller.May(Permission.IssueRectifications)
                ? visible.Where(one => one.State != RectificationState.Withdrawn && one.ReportedAt == null && one.ReportDueOn < today)
                    .OrderBy(one => one.ReportDueOn).ThenBy(one => one.Number)
                : visible.Where(_ => false),
            Filter.All => visible.OrderByDescending(one => one.IssuedAt).ThenBy(one => one.Number),
            _ => Urgent(open),
        };
    }

    private static IQueryable<Rectification> Urgent(IQueryable<Rectification> notices) =>
        notices.OrderBy(one => one.State == RectificationState.Recheck ? one.RecheckOn : one.DueOn).ThenBy(one => one.Number);

    private static ProblemHttpResult UnknownFilter() =>
        Problems.BadRequest("bad-rectification-filter", "筛选应为 open、overdue、mine、reports 或 all");
}
