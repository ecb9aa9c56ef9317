using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Records;
using Xunke.Web.Alerts.Messages;
using Xunke.Web.Alerts.Trials;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Metrics;

namespace Xunke.Web.Alerts;

/// <summary>What somebody should look at (预警): <c>/api/alerts</c>.</summary>
internal static class AlertsFeature
{
    private const int PageSize = 50;
    private const int LastPage = 10_000;
    private const int MostMessages = 100;

    /// <summary>Which alerts a list shows.</summary>
    private enum AlertFilter
    {
        /// <summary>Those that wait for somebody.</summary>
        Open,

        /// <summary>Those that are over, of which nobody has said what they were.</summary>
        Resolved,

        /// <summary>Those of which somebody has.</summary>
        Closed,

        /// <summary>All of them.</summary>
        All,
    }

    /// <summary>How many alerts of a school and a kind wait for somebody.</summary>
    internal sealed record AlertGroup(string SchoolId, string SchoolName, string SchoolNameEn, AlertKind Kind, int Count);

    /// <summary>A page of alerts, of how many; with all that wait, by school and kind.</summary>
    internal sealed record AlertPage(
        ImmutableArray<AlertView> Alerts, int Page, int PageSize, int Total, ImmutableArray<AlertGroup> Groups);

    /// <summary>How many alerts wait for somebody, and how many of them for somebody to look now.</summary>
    internal sealed record AlertCount(int Open, int Severe);

    public static void AddAlerts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AlertCounts>();
        builder.Services.AddSingleton<AlertBook>();
        builder.Services.AddSingleton<IAlertPolicy>(services => services.GetRequiredService<AlertBook>());
        builder.Services.AddSingleton<IAlertRecords, AlertRecords>();
        builder.Services.AddSingleton<AlertViews>();
        builder.Services.AddSingleton<AlertDeeds>();
        builder.Services.AddSingleton<AlertClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AlertClock>());
        builder.Services.AddSingleton<AlertTrials>();
        builder.AddAlertMessages();
    }

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/alerts").Require(Permission.SeeAlerts).WithTags("Alerts")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync).WithSummary("Alerts, fifty a page: those that wait for somebody by severity, others the newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/count", CountAsync).WithSummary("How many alerts wait for somebody");
        group.MapGet("/{alertId:guid}", ReadAsync)
            .WithSummary("An alert with the figures that it was raised on, and what happened to it; it is a look at the room")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapAlertActs();
        group.MapSilences();
        group.MapAlertRules();
        group.MapAlertTrials();
        group.MapAlertChoices();
        group.MapAlertRobots();
    }

    private static async Task<Results<Ok<AlertPage>, ProblemHttpResult>> ListAsync(
        Caller caller, RecordsContext records, AlertViews views, Schools.SchoolBook book, CancellationToken cancellationToken,
        string? state = null, string? kind = null, string? schoolId = null, string? roomId = null, int page = 1)
    {
        if (!AlertWords.TryRead(state, out AlertFilter? filter) || !AlertWords.TryRead(kind, out AlertKind? known))
        {
            return Problems.BadRequest("bad-alert-filter", "没有这种状态或种类");
        }

        if (page is < 1 or > LastPage)
        {
            return Problems.BadRequest("bad-page", $"页码应为 1 到 {LastPage}");
        }

        IQueryable<Alert> visible = records.Alerts.AsNoTracking().VisibleTo(caller);
        IQueryable<Alert> open = visible.Where(alert => alert.State == AlertState.Firing || alert.State == AlertState.Acknowledged);
        IQueryable<Alert> asked = filter switch
        {
            null or AlertFilter.Open => open,
            AlertFilter.Resolved => visible.Where(alert => alert.State == AlertState.Resolved),
            AlertFilter.Closed => visible.Where(alert => alert.State == AlertState.Closed),
            _ => visible,
        };
        asked = known is null ? asked : asked.Where(alert => alert.Kind == known);
        asked = schoolId is null ? asked : asked.Where(alert => alert.SchoolId == schoolId);
        asked = roomId is null ? asked : asked.Where(alert => alert.RoomId == roomId);
        IOrderedQueryable<Alert> inOrder = filter is null or AlertFilter.Open
            ? asked.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.RaisedAt)
            : asked.OrderByDescending(alert => alert.RaisedAt);
        int total = await asked.CountAsync(cancellationToken);
        List<Alert> found = await inOrder.ThenBy(alert => alert.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .ToListAsync(cancellationToken);
        var groups = await open.GroupBy(alert => new { alert.SchoolId, alert.Kind })
            .Select(group => new { group.Key.SchoolId, group.Key.Kind, Count = group.Count() }).ToListAsync(cancellationToken);
        return TypedResults.Ok(new AlertPage(
            [.. found.Select(alert => views.Of(alert, caller.May(Permission.TendAlerts, alert.SchoolId)))],
            page,
            PageSize,
            total,
            [
                .. groups.OrderBy(group => group.SchoolId, StringComparer.Ordinal).ThenBy(group => group.Kind).Select(group =>
                    new AlertGroup(
                        group.SchoolId, book.FindSchool(group.SchoolId)?.Name ?? group.SchoolId,
                        book.FindSchool(group.SchoolId)?.NameEn ?? group.SchoolId, group.Kind, group.Count)),
            ]));
    }

    private static async Task<Ok<AlertCount>> CountAsync(Caller caller, RecordsContext records, CancellationToken cancellationToken)
    {
        IQueryable<Alert> open = records.Alerts.VisibleTo(caller)
            .Where(alert => alert.State == AlertState.Firing || alert.State == AlertState.Acknowledged);
        return TypedResults.Ok(new AlertCount(
            await open.CountAsync(cancellationToken),
            await open.CountAsync(
                alert => alert.State == AlertState.Firing && alert.Severity == AlertSeverity.High, cancellationToken)));
    }

    private static async Task<Results<Ok<AlertDetail>, ProblemHttpResult>> ReadAsync(
        Guid alertId, Caller caller, RecordsContext records, AlertViews views, Looks looks, CancellationToken cancellationToken)
    {
        Alert? alert = await records.Alerts.AsNoTracking().Include(one => one.Events).VisibleTo(caller)
            .SingleOrDefaultAsync(one => one.Id == alertId, cancellationToken);
        if (alert is null)
        {
            return AlertDeeds.Unknown();
        }

        if (alert.RoomId is { } roomId)
        {
            await looks.RecordAsync(caller, LookKinds.Room, roomId);
        }

        List<AlertMessage> messages = await records.AlertMessages.AsNoTracking().Include(one => one.Log)
            .Where(one => one.Items.Any(item => item.AlertId == alertId))
            .OrderBy(one => one.MadeAt).Take(MostMessages).ToListAsync(cancellationToken);
        return TypedResults.Ok(views.DetailOf(alert, messages, caller.May(Permission.TendAlerts, alert.SchoolId)));
    }
}
