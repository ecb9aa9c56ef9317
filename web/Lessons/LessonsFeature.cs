using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Analytics.Speech;
using Xunke.Web.Analysis;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Recordings;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>
/// Lessons and their snapshots: <c>/api/lessons</c>; how much is spoken in a room now: <c>/api/rooms/{roomId}/speech</c>.
/// </summary>
internal static class LessonsFeature
{
    private const int MaxTake = 500;

    /// <summary>Nothing that is kept lasts longer than a day. Said in a query, it bounds the index by the start.</summary>
    internal static readonly TimeSpan LongerThanAny = TimeSpan.FromDays(2);

    /// <summary>
    /// A lesson in the list, with what the timetable had for it; OpensAt: until then only its teacher sees the snapshot.
    /// </summary>
    internal sealed record LessonSummary(
        Guid LessonId, string RoomId, string RoomName, string SchoolId, string SchoolName, DateTimeOffset From, DateTimeOffset To,
        bool Ended, bool HasSound, string? ClassName, string? SubjectName, string? SubjectNameEn, string? TeacherId, string? TeacherName,
        int? Period, Guid? EntryId, DateOnly? Date, DateTimeOffset? OpensAt);

    /// <summary>Two minutes of a lesson that goes on, in seconds from its start; who speaks is told at its end.</summary>
    internal sealed record SpokenWindow(double From, double To, double Speech, double Silence, double? LevelDbfs, double? LoudestDbfs);

    /// <summary>How much is spoken in a room now; Formula names how it is measured.</summary>
    internal sealed record SpokenNow(string RoomId, string Formula, IEnumerable<SpokenWindow> Windows);

    public static void AddLessons(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LessonRecords>();
        builder.Services.AddSingleton<ILessonRecords>(services => services.GetRequiredService<LessonRecords>());
        builder.Services.AddSingleton(services => new LessonSpools(
            services.GetRequiredService<DataDirectory>().Combine("lessons"), services.GetRequiredService<ILogger<LessonSpools>>(),
            services.GetRequiredService<IOptions<LessonSettings>>().Value.StillEverySeconds > 0));
        builder.Services.AddSingleton<TeacherFirst>().AddSingleton<GuidedRooms>().AddScoped<LessonAccess>().AddScoped<LessonLooks>();
        builder.Services.AddHostedService<LessonSweeper>();
    }

    public static void MapLessons(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api").RequireAuthorization().OpenToMachines().WithTags("Lessons")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/lessons", ListAsync)
            .WithSummary("Lessons on record that the caller may see, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/lessons/{lessonId:guid}", SnapshotAsync)
            .WithSummary("A lesson's snapshot: figures, S-T, segments, moments (docs/analyse.md)")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .AddOpenApiOperationTransformer(SnapshotSchema.DescribeAsync);
        group.MapGet("/lessons/{lessonId:guid}/seats", SeatsAsync)
            .WithSummary("The class as a seat map over a stretch of a lesson: raised hands by seat, and in two minutes at most what each did")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapLessonStills();
        group.MapGet("/lessons/{lessonId:guid}/looks", LooksAsync)
            .WithSummary("Who looked at a lesson, when and for what: for its teacher");
        group.MapGet("/lessons/{lessonId:guid}/comparison", CompareAsync)
            .WithSummary("A lesson beside its teacher's earlier ones of the subject, and beside the middle half of the subject group: for its teacher");
        app.MapRoomLesson();
        group.MapGet("/rooms/{roomId}/speech", SpeechAsync)
            .WithSummary("How much is spoken and how loud it is in a room now, in windows of two minutes");
    }

    private static async Task<Results<Ok<LessonSummary[]>, ProblemHttpResult>> ListAsync(
        Caller caller,
        SchoolBook book,
        TimetableBook timetable,
        TeacherFirst first,
        RecordsContext records,
        CancellationToken cancellationToken,
        string? schoolId = null,
        string? roomId = null,
        string? teacherId = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        IQueryable<Lesson> found = records.Lessons.AsNoTracking().VisibleTo(caller, records);
        found = schoolId is null ? found : found.Where(lesson => lesson.SchoolId == schoolId);
        found = roomId is null ? found : found.Where(lesson => lesson.RoomId == roomId);
        found = teacherId is null ? found : found.Where(lesson => lesson.TeacherId == teacherId);
        if (from is { } since)
        {
            DateTimeOffset begun = since - LongerThanAny;
            found = found.Where(lesson => lesson.To >= since && lesson.From >= begun);
        }

        found = to is not { } until ? found : found.Where(lesson => lesson.From < until);

        // Not the samples, which are most of a row.
        var listed = await found.OrderByDescending(lesson => lesson.From).Take(take)
            .Select(lesson => new
            {
                lesson.Id,
                lesson.RoomId,
                lesson.SchoolId,
                lesson.From,
                lesson.To,
                lesson.Ended,
                HasSound = lesson.Sound != null,
                lesson.ClassId,
                lesson.SubjectId,
                lesson.TeacherId,
                lesson.Period,
                lesson.EntryId,
                lesson.PlannedDate,
            })
            .ToListAsync(cancellationToken);
        Guid[] ids = [.. listed.Select(lesson => lesson.Id)];
        HashSet<Guid> held = ids.Length == 0 ? [] :
            await first.Held(records.Lessons.Where(lesson => ids.Contains(lesson.Id)), caller, records)
                .Select(lesson => lesson.Id).ToHashSetAsync(cancellationToken);
        BookNames names = timetable.Names;
        return TypedResults.Ok(listed.Select(lesson => new LessonSummary(
            lesson.Id, lesson.RoomId, book.FindRoom(lesson.RoomId)?.Name ?? lesson.RoomId, lesson.SchoolId,
            book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId, lesson.From, lesson.To, lesson.Ended, lesson.HasSound,
            names.Class(lesson.ClassId), names.Subject(lesson.SubjectId), names.SubjectEn(lesson.SubjectId), lesson.TeacherId,
            names.Teacher(lesson.TeacherId), lesson.Period, lesson.EntryId, lesson.PlannedDate,
            held.Contains(lesson.Id) ? first.OpensAt(lesson.To) : null)).ToArray());
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SnapshotAsync(
        Guid lessonId, Caller caller, LessonAccess access, SchoolBook book, TimetableBook timetable, RecordsContext records,
        LessonRecords kept, Looks looks, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        KnownLesson lesson = opened.Lesson;
        DateTimeOffset earliest = lesson.From - LongerThanAny;
        await looks.RecordAsync(caller, LookKinds.Lesson, lesson.Subject);
        List<Recording> recordings = await records.Recordings.AsNoTracking().VisibleTo(caller, records)
            .Where(recording => recording.RoomId == lesson.RoomId && recording.To != null && recording.To > lesson.From)
            .Where(recording => recording.From < lesson.To && recording.From >= earliest)
            .OrderBy(recording => recording.From)
            .ToListAsync(cancellationToken);
        if (await kept.SnapshotOfAsync(lesson, cancellationToken) is { } frozen)
        {
            PlacedRecording[] placed = [.. recordings.Select(recording => new PlacedRecording(recording, lesson.From))];
            var stills = await records.LessonStills.AsNoTracking().Where(still => still.LessonId == lessonId)
                .OrderBy(still => still.Number).Select(still => new { still.Number, still.At }).ToListAsync(cancellationToken);
            PlacedStill[] shown = [.. stills.Select(still => new PlacedStill(still.Number, still.At - lesson.From))];
            return TypedResults.Bytes(FrozenSnapshot.Read(frozen, placed, shown), "application/json");
        }

        var soFar = LessonSnapshot.Of(
            await records.Lessons.AsNoTracking().SingleAsync(one => one.Id == lessonId, cancellationToken),
            book.FindRoom(lesson.RoomId),
            book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId,
            recordings,
            timetable.Names);
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(soFar, ReportJson.ForBrowsers.LessonSnapshot), "application/json");
    }

    private static async Task<Results<Ok<LessonSeats>, ProblemHttpResult>> SeatsAsync(
        Guid lessonId, Caller caller, LessonAccess access, RecordsContext records, Looks looks, CancellationToken cancellationToken,
        double from = 0, double? to = null)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        if (!opened.IsOpen)
        {
            return opened.Refusal;
        }

        KnownLesson lesson = opened.Lesson;
        double until = to ?? (lesson.To - lesson.From).TotalSeconds;
        if (!lesson.Contains(from) || !(until > from) || until > LongerThanAny.TotalSeconds)
        {
            return Problems.BadRequest("bad-stretch", "时间段应在这节课之内，结束在开始之后");
        }

        await looks.RecordAsync(caller, LookKinds.Lesson, lesson.Subject);
        byte[] samples = await records.Lessons.Where(one => one.Id == lessonId).Select(one => one.Samples).SingleAsync(cancellationToken);
        // After their days they are gone, and the snapshot is left.
        return TypedResults.Ok(LessonSeats.Of(
            samples.Length == 0 ? [] : SampleTape.Read(samples, lesson.From),
            lesson.From, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(until)));
    }

    private static async Task<Results<Ok<IReadOnlyList<LookAtLesson>>, ProblemHttpResult>> LooksAsync(
        Guid lessonId, Caller caller, LessonAccess access, LessonLooks looks, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        return !opened.IsOpen ? opened.Refusal
            : !opened.Lesson.IsOwn ? Problems.Forbidden()
            : TypedResults.Ok(await looks.OfAsync(opened.Lesson, caller.UserName, cancellationToken));
    }

    private static async Task<Results<Ok<LessonComparison>, ProblemHttpResult>> CompareAsync(
        Guid lessonId, Caller caller, LessonAccess access, RecordsContext records, CancellationToken cancellationToken)
    {
        OpenedLesson opened = await access.OpenAsync(lessonId, caller, cancellationToken);
        return !opened.IsOpen ? opened.Refusal
            : !opened.Lesson.IsOwn ? Problems.Forbidden()
            : TypedResults.Ok(await LessonComparison.MakeAsync(opened.Lesson, records, cancellationToken));
    }

    private static async Task<Results<Ok<SpokenNow>, ProblemHttpResult>> SpeechAsync(
        string roomId, Caller caller, SchoolBook book, MonitoringHost monitoring, Looks looks, CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        await looks.RecordAsync(caller, LookKinds.Room, roomId);
        ImmutableArray<HeardWindow> heard = await monitoring.Running.GetHeardAsync(roomId, cancellationToken);
        return TypedResults.Ok(new SpokenNow(roomId, HeardWindow.Formula, heard.Select(window => new SpokenWindow(
            window.From.TotalSeconds, window.To.TotalSeconds, window.SpeechShare, window.SilenceShare, window.Level, window.Loudest))));
    }
}
