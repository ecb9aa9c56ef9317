using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;

namespace Xunke.Web.Visits;

/// <summary>Visits (巡课): begun with a purpose, left, and listed: <c>/api/visits</c>.</summary>
internal static class VisitsFeature
{
    private const int MaxTake = 500;

    /// <summary>What is asked for to begin a visit; without a choice of media it is the preferred one of those allowed.</summary>
    internal sealed record NewVisit(string? RoomId, string? Purpose, MediaKinds? Media);

    /// <summary>A visit that has begun. The watermark is laid over the picture.</summary>
    internal sealed record OpenedVisit(
        Guid VisitId, string RoomId, string Purpose, MediaKinds Media, DateTimeOffset From, string Watermark);

    /// <summary>A visit in the list; To is null while it lasts.</summary>
    internal sealed record VisitSummary(
        Guid VisitId, string RoomId, string RoomName, string SchoolName, string UserName, string DisplayName, string Purpose,
        MediaKinds Media, DateTimeOffset From, DateTimeOffset? To);

    public static void AddVisits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ListeningPolicy>();
        builder.Services.AddSingleton<OpenVisits>();
        builder.Services.AddSingleton<VisitRecords>();
        builder.Services.AddSingleton<IVisitRecords>(services => services.GetRequiredService<VisitRecords>());
        builder.Services.AddSingleton<IVisitRules, VisitRules>();
        builder.Services.AddSingleton<ILoginEnd, LoginVisits>();
        builder.Services.AddHostedService<VisitRecovery>();
    }

    public static void MapVisits(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/visits").RequireAuthorization().WithTags("Visits")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapPost("/", BeginAsync)
            .WithSummary("Begins a visit; the purpose has 2 to 200 characters, the media are of those allowed")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/", ListAsync)
            .WithSummary("Visits, newest first: an administrator's all, a principal's school, an inspector's own")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/{visitId:guid}", LeaveAsync)
            .WithSummary("Ends an own visit")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{visitId:guid}/leave", LeaveAsync)
            .WithSummary("Ends an own visit, for navigator.sendBeacon")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<OpenedVisit>, ProblemHttpResult>> BeginAsync(
        NewVisit wanted,
        Caller caller,
        SchoolBook book,
        ListeningPolicy policy,
        MonitoringHost monitoring,
        ITimetable timetable,
        IOptions<LiveSettings> settings,
        TimeProvider time)
    {
        if (PlainText.Line(wanted.Purpose, 2, 200) is not { } purpose)
        {
            return Problems.BadRequest("bad-purpose", "请用文字说明巡课目的 (2 到 200 字，不含看不见的字符)");
        }

        if (!book.TryFind(wanted.RoomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal, Permission.VisitRooms))
        {
            return refusal;
        }

        DateTimeOffset now = time.GetUtcNow();
        var lesson = VisitedLesson.Of(timetable.At(room.SchoolId, room.RoomId, now));
        if (!caller.Scope.HasSubject(lesson?.SubjectId))
        {
            return Problems.Create(
                StatusCodes.Status403Forbidden, "other-subject", "您的帐号限定了学科：只能在这些学科的课上进入教室，而课表上现在不是");
        }

        MediaKinds media = wanted.Media ?? policy.Allowed[0];
        var visit = new Visit
        {
            Id = Guid.NewGuid(),
            RoomId = room.RoomId,
            SchoolId = room.SchoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            Purpose = purpose,
            Media = media,
            From = now,
            Lesson = lesson,
        };
        VisitBegun begun = await monitoring.Running.VisitAsync(visit, caller.LoginId);
        int most = settings.Value.VisitsPerAccount;
        return begun.Refusal switch
        {
            null => TypedResults.Created(
                $"/api/visits/{visit.Id}",
                new OpenedVisit(visit.Id, visit.RoomId, visit.Purpose, visit.Media, visit.From, $"{caller.DisplayName} {caller.UserName}")),
            VisitRefusal.NotAllowed => Problems.Create(
                StatusCodes.Status403Forbidden, "media-not-allowed", "本区不允许这样巡课，请换一种方式", ("allowed", policy.Allowed)),
            VisitRefusal.TooMany => Problems.Create(
                StatusCodes.Status429TooManyRequests, "too-many-visits", $"本账号已有 {most} 次巡课正在进行，请先结束一些", ("limit", most)),
            _ => Problems.Unauthenticated(),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(
        Guid visitId, Caller caller, OpenVisits open, MonitoringHost monitoring, RecordsContext records,
        CancellationToken cancellationToken)
    {
        string userName = caller.UserName;
        if (open.Find(visitId, userName) is { } visit)
        {
            await monitoring.Running.EndVisitAsync(visit, new EndVisit(userName, Insists: false));
            return TypedResults.NoContent();
        }

        // Leaving twice (a beacon and a DELETE) is no fault; another's visit does not exist for this caller.
        return await records.Visits.AnyAsync(past => past.Id == visitId && past.UserName == userName, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("unknown-visit", "没有这次巡课");
    }

    private static async Task<Results<Ok<VisitSummary[]>, ProblemHttpResult>> ListAsync(
        Caller caller,
        SchoolBook book,
        RecordsContext records,
        Looks looks,
        CancellationToken cancellationToken,
        string? roomId = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        await looks.RecordAsync(caller, LookKinds.Visits, roomId ?? "all");
        IQueryable<Visit> visits = records.Visits.AsNoTracking().VisibleTo(caller);
        if (roomId is not null)
        {
            visits = visits.Where(visit => visit.RoomId == roomId);
        }

        if (from is { } since)
        {
            visits = visits.Where(visit => visit.From >= since);
        }

        if (to is { } until)
        {
            visits = visits.Where(visit => visit.From < until);
        }

        List<Visit> found = await visits.OrderByDescending(visit => visit.From).Take(take).ToListAsync(cancellationToken);
        return TypedResults.Ok(found.Select(visit => Summarise(visit, book)).ToArray());
    }

    private static VisitSummary Summarise(Visit visit, SchoolBook book) => new(
        visit.Id,
        visit.RoomId,
        book.FindRoom(visit.RoomId)?.Name ?? visit.RoomId,
        book.FindSchool(visit.SchoolId)?.Name ?? visit.SchoolId,
        visit.UserName,
        visit.DisplayName,
        visit.Purpose,
        visit.Media,
        visit.From,
        visit.To);
}
