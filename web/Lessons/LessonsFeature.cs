using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Analytics.Speech;
using Xunke.Web.Analysis;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Recordings;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>Lessons and their snapshots: <c>/api/lessons</c>; how much is spoken in a room now: <c>/api/rooms/{roomId}/speech</c>.</summary>
internal static class LessonsFeature
{
    private const int MaxTake = 500;

    /// <summary>Nothing that is kept lasts longer than a day. Said in a query, it bounds the index by the start.</summary>
    private static readonly TimeSpan LongerThanAny = TimeSpan.FromDays(2);

    /// <summary>A lesson in the list.</summary>
    internal sealed record LessonSummary(
        Guid LessonId, string RoomId, string RoomName, string SchoolId, string SchoolName, DateTimeOffset From, DateTimeOffset To, bool Ended, bool HasSound);

    /// <summary>Two minutes of a lesson that goes on, in seconds from its start; who speaks is told at its end.</summary>
    internal sealed record SpokenWindow(double From, double To, double Speech, double Silence, double? LevelDbfs, double? LoudestDbfs);

    /// <summary>How much is spoken in a room now; Formula names how it is measured.</summary>
    internal sealed record SpokenNow(string RoomId, string Formula, IEnumerable<SpokenWindow> Windows);

    public static void AddLessons(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LessonKeeper>();
        builder.Services.AddSingleton<LessonRecords>();
        builder.Services.AddSingleton<LessonSpools>();
        builder.Services.AddSingleton<LessonRecovery>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LessonKeeper>());
        builder.Services.AddHostedService<LessonSpooler>();
    }

    public static void MapLessons(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api").RequireAuthorization().WithTags("Lessons")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/lessons", ListAsync)
            .WithSummary("Lessons on record that the caller may see, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/lessons/{lessonId:guid}", SnapshotAsync)
            .WithSummary("A lesson's snapshot: figures, S-T, segments, moments (docs/analyse.md)")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        group.MapGet("/rooms/{roomId}/speech", SpeechAsync)
            .WithSummary("How much is spoken and how loud it is in a room now, in windows of two minutes");
    }

    private static async Task<Results<Ok<LessonSummary[]>, ProblemHttpResult>> ListAsync(
        Caller caller,
        SchoolBook book,
        RecordsContext records,
        CancellationToken cancellationToken,
        string? schoolId = null,
        string? roomId = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        IQueryable<Lesson> found = records.Lessons.AsNoTracking().VisibleTo(caller);
        found = schoolId is null ? found : found.Where(lesson => lesson.SchoolId == schoolId);
        found = roomId is null ? found : found.Where(lesson => lesson.RoomId == roomId);
        if (from is { } since)
        {
            DateTimeOffset begun = since - LongerThanAny;
            found = found.Where(lesson => lesson.To >= since && lesson.From >= begun);
        }

        found = to is not { } until ? found : found.Where(lesson => lesson.From < until);

        // Not the samples, which are most of a row.
        var listed = await found.OrderByDescending(lesson => lesson.From).Take(take)
            .Select(lesson => new { lesson.Id, lesson.RoomId, lesson.SchoolId, lesson.From, lesson.To, lesson.Ended, HasSound = lesson.Sound != null })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(listed.Select(lesson => new LessonSummary(
            lesson.Id, lesson.RoomId, book.FindRoom(lesson.RoomId)?.Name ?? lesson.RoomId, lesson.SchoolId,
            book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId, lesson.From, lesson.To, lesson.Ended, lesson.HasSound)).ToArray());
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SnapshotAsync(
        Guid lessonId, Caller caller, SchoolBook book, RecordsContext records, LessonRecords kept, Looks looks, CancellationToken cancellationToken)
    {
        // Not what was seen and heard, which is most of a row.
        var lesson = await records.Lessons.AsNoTracking().VisibleTo(caller).Where(one => one.Id == lessonId)
            .Select(one => new { one.Id, one.RoomId, one.SchoolId, one.From, one.To, one.Ended, one.Snapshot })
            .SingleOrDefaultAsync(cancellationToken);
        if (lesson is null)
        {
            // Whether a lesson exists is told only to those who may see it.
            return Problems.NotFound("unknown-lesson", "没有这节课的快照，或您没有权限查看");
        }

        DateTimeOffset earliest = lesson.From - LongerThanAny;
        await looks.RecordAsync(caller, LookKinds.Lesson, $"{lesson.Id} {lesson.RoomId}");
        List<Recording> recordings = await records.Recordings.AsNoTracking().VisibleTo(caller)
            .Where(recording => recording.RoomId == lesson.RoomId && recording.To != null && recording.To > lesson.From)
            .Where(recording => recording.From < lesson.To && recording.From >= earliest)
            .OrderBy(recording => recording.From)
            .ToListAsync(cancellationToken);
        if ((lesson.Snapshot ?? (lesson.Ended ? await kept.FreezeAsync(lessonId, cancellationToken) : null)) is { } frozen)
        {
            PlacedRecording[] placed = [.. recordings.Select(recording => new PlacedRecording(recording, lesson.From))];
            return TypedResults.Bytes(FrozenSnapshot.Read(frozen, placed), "application/json");
        }

        var soFar = LessonSnapshot.Of(
            await records.Lessons.AsNoTracking().SingleAsync(one => one.Id == lessonId, cancellationToken),
            book.FindRoom(lesson.RoomId),
            book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId,
            recordings);
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(soFar, ReportJson.ForBrowsers.LessonSnapshot), "application/json");
    }

    private static async Task<Results<Ok<SpokenNow>, ProblemHttpResult>> SpeechAsync(
        string roomId, Caller caller, SchoolBook book, LessonKeeper lessons, Looks looks)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        await looks.RecordAsync(caller, LookKinds.Room, roomId);
        ImmutableArray<HeardWindow> heard = lessons.HeardIn(roomId);
        return TypedResults.Ok(new SpokenNow(roomId, HeardWindow.Formula, heard.Select(window => new SpokenWindow(
            window.From.TotalSeconds, window.To.TotalSeconds, window.SpeechShare, window.SilenceShare, window.Level, window.Loudest))));
    }
}
