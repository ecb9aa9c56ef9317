using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;
using Xunke.Web.Visits;

namespace Xunke.Web.Recordings;

/// <summary>Recording a room: begun, shown to everybody who may see the room, and ended: <c>/api/rooms/{roomId}/recording</c>.</summary>
internal static class RoomRecordingFeature
{
    /// <summary>What is asked for to record: an own visit, or a reason and a length in minutes for a lesson.</summary>
    internal sealed record NewRecording(Guid? VisitId, string? Reason, int? Minutes);

    /// <summary>A recording that lasts. IsReceiving tells whether anything comes to record now.</summary>
    internal sealed record Running(
        Guid RecordingId, string DisplayName, string Reason, DateTimeOffset From, DateTimeOffset Until, bool IsReceiving, long Bytes,
        IReadOnlyList<string> Faults, bool MayStop);

    /// <summary>What a room's page shows and offers to the caller; Recording is null while there is none.</summary>
    internal sealed record RoomState(Running? Recording, bool MayRecordVisit, bool MayRecordLesson, int DefaultMinutes, int LongestMinutes);

    public static void MapRoomRecording(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/rooms/{roomId}/recording").RequireAuthorization().WithTags("Recordings")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", Read).WithSummary("Whether a room is being recorded, and what the caller may do about it");
        group.MapPost("/", BeginAsync)
            .WithSummary(
                "Records an own visit until it ends, or a lesson: administrators and the school's principal, with a reason and a length")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        group.MapDelete("/", EndAsync).WithSummary("Ends a recording: whoever began it, the school's principal, administrators");
    }

    private static Results<Ok<RoomState>, ProblemHttpResult> Read(
        string roomId, Caller caller, SchoolBook book, ActiveRecordings active, IOptions<RecordingSettings> settings)
    {
        return book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal)
            ? TypedResults.Ok(StateOf(room, caller, active, settings.Value))
            : refusal;
    }

    private static async Task<Results<Created<RoomState>, ProblemHttpResult>> BeginAsync(
        string roomId,
        NewRecording wanted,
        Caller caller,
        SchoolBook book,
        OpenVisits visits,
        ListeningPolicy policy,
        MonitoringHost monitoring,
        RecordingStorage storage,
        ActiveRecordings active,
        IOptions<RecordingSettings> settings,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? unknown))
        {
            return unknown;
        }

        OpenVisit? visit = wanted.VisitId is { } visitId ? visits.Find(visitId, caller.UserName, roomId) : null;
        if (Refuse(wanted, visit, caller, room, settings.Value) is { } refusal)
        {
            return refusal;
        }

        if ((await storage.MeasureAsync(cancellationToken)).Level == StorageLevel.Full)
        {
            return Problems.Create(StatusCodes.Status507InsufficientStorage, "no-space", "录像磁盘空间不足，现在不能录像");
        }

        RecordingBegun? begun = visit is not null
            ? await monitoring.Running.AskAsync(visit, new RecordRoom(Make(
                caller, room, visit.Visit.Purpose, visit.Visit.Media, settings.Value.LongestMinutes, time.GetUtcNow(), visit.Visit.Id)))
            : await monitoring.Running.AskRecordingAsync(roomId, new BeginRecording(Make(
                caller, room, PlainText.Line(wanted.Reason, 2, 200)!, policy.Allowed[0], wanted.Minutes ?? settings.Value.DefaultMinutes,
                time.GetUtcNow())));
        return begun is { HasBegun: true }
            ? TypedResults.Created($"/api/rooms/{roomId}/recording", StateOf(room, caller, active, settings.Value))
            : Problems.Create(StatusCodes.Status409Conflict, "already-recording", "这间教室正在录像");
    }

    private static Recording Make(
        Caller caller, RoomEntry room, string reason, MediaKinds media, int minutes, DateTimeOffset now, Guid? visitId = null) => new()
        {
            Id = Guid.NewGuid(),
            RoomId = room.RoomId,
            SchoolId = room.SchoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            VisitId = visitId,
            Reason = reason,
            Media = media,
            From = now,
            Until = now.AddMinutes(minutes),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string roomId, Caller caller, SchoolBook book, ActiveRecordings active, MonitoringHost monitoring)
    {
        if (!book.TryFind(roomId, caller, out _, out ProblemHttpResult? unknown))
        {
            return unknown;
        }

        if (active.Find(roomId) is not { } recording)
        {
            return Problems.NotFound("not-recording", "这间教室没有在录像");
        }

        if (!RecordingRights.MayStop(caller, recording.Record))
        {
            return Problems.Forbidden();
        }

        await monitoring.Running.AskRecordingAsync(roomId, new EndRecording(caller.UserName, RecordingId: recording.Record.Id));
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult? Refuse(
        NewRecording wanted, OpenVisit? visit, Caller caller, RoomEntry room, RecordingSettings settings)
    {
        if (wanted.VisitId is not null)
        {
            return visit is null ? Problems.Create(StatusCodes.Status403Forbidden, "no-visit", "请先说明目的，开始巡课")
                : RecordingRights.MayRecordVisit(settings) ? null
                : NotAllowed();
        }

        if (!RecordingRights.MayRecordLesson(caller, room.SchoolId, settings))
        {
            return NotAllowed();
        }

        return PlainText.Line(wanted.Reason, 2, 200) is null ? Problems.BadRequest("bad-reason", "请说明录像事由 (2 到 200 字，不含看不见的字符)")
            : wanted.Minutes < 1 || wanted.Minutes > settings.LongestMinutes
                ? Problems.BadRequest("bad-minutes", $"时长应为 1 到 {settings.LongestMinutes} 分钟")
            : null;
    }

    private static ProblemHttpResult NotAllowed() =>
        Problems.Create(StatusCodes.Status403Forbidden, "recording-not-allowed", "您不能在这里录像");

    private static RoomState StateOf(RoomEntry room, Caller caller, ActiveRecordings active, RecordingSettings settings) => new(
        active.Find(room.RoomId) is { } recording ? StateOf(recording, caller) : null,
        RecordingRights.MayRecordVisit(settings),
        RecordingRights.MayRecordLesson(caller, room.SchoolId, settings),
        settings.DefaultMinutes,
        settings.LongestMinutes);

    private static Running StateOf(ActiveRecording active, Caller caller)
    {
        RecordingStatus status = active.Room.Status;
        Recording record = active.Record;
        return new Running(
            record.Id, record.DisplayName, record.Reason, record.From, record.Until, status.IsReceiving, status.Bytes, status.Faults,
            RecordingRights.MayStop(caller, record));
    }
}
