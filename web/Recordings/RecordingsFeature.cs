using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Recordings;

/// <summary>Recordings: listed, played and deleted: <c>/api/recordings</c>. <see cref="RecordingRights"/> says by whom.</summary>
internal static class RecordingsFeature
{
    private const int MaxTake = 500;

    /// <summary>A recording in the list; To is null while it lasts.</summary>
    internal sealed record RecordingSummary(
        Guid RecordingId, string RoomId, string RoomName, string SchoolId, string SchoolName, string UserName,
        string DisplayName, string Reason,
        bool OfVisit, DateTimeOffset From, DateTimeOffset? To, long LengthMilliseconds, long Bytes, IReadOnlyList<string> Faults,
        DeletionRequestsFeature.DeletionRequestView? Deletion);

    /// <summary>One file on the recording's time line.</summary>
    internal sealed record PlayablePart(
        string Url, string Type, long OffsetMilliseconds, long LengthMilliseconds, int Width, int Height, bool HasSound);

    /// <summary>A recording to be played. The watermark is laid over the picture.</summary>
    internal sealed record Playable(RecordingSummary Recording, string Watermark, IReadOnlyList<PlayablePart> Parts);

    public static void AddRecordings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
            new ActiveRecordings(roomId => services.GetRequiredService<ChangeBoard>().Raise(Topic.Recording, roomId)));
        builder.Services.AddSingleton<RecordingNews>();
        builder.Services.AddSingleton<RecordingFolders>();
        builder.Services.AddSingleton<RecordingStorage>();
        builder.Services.AddSingleton<RecordingRecords>();
        builder.Services.AddSingleton<IRecordingRecords>(services => services.GetRequiredService<RecordingRecords>());
        builder.Services.AddSingleton<RecordingRemover>();
        builder.Services.AddSingleton<OpenPlays>();
        builder.Services.AddSingleton<RecordingSweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RecordingSweeper>());
    }

    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        app.MapRoomRecording();
        RouteGroupBuilder group = app.MapGroup("/api/recordings").RequireAuthorization().WithTags("Recordings")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync)
            .WithSummary("Recordings, newest first: an administrator's all, a principal's school, an inspector's own; asked: with a request for deletion that nobody has answered")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/{recordingId:guid}/plays", PlayAsync)
            .WithSummary("Begins to play a recording that has ended, which is put in the audit trail")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{recordingId:guid}/parts/{number:int}", SendAsync)
            .WithSummary("A file of a recording that the caller plays; takes ranges")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapDelete("/{recordingId:guid}", DeleteAsync)
            .Require(Permission.ManageRecordings)
            .WithSummary("Deletes a recording that has ended")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDeletionRequests();
        group.MapGet("/storage", StorageAsync)
            .Require(Permission.ManageRecordings)
            .WithSummary("How much room there is for recordings")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<Results<Ok<RecordingSummary[]>, ProblemHttpResult>> ListAsync(
        Caller caller,
        SchoolBook book,
        ActiveRecordings active,
        RecordsContext records,
        CancellationToken cancellationToken,
        string? schoolId = null,
        string? roomId = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        bool asked = false,
        int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        IQueryable<Recording> found = records.Recordings.AsNoTracking().VisibleTo(caller, records);
        found = schoolId is null ? found : found.Where(recording => recording.SchoolId == schoolId);
        found = roomId is null ? found : found.Where(recording => recording.RoomId == roomId);
        found = from is not { } since ? found : found.Where(recording => recording.From >= since);
        found = to is not { } until ? found : found.Where(recording => recording.From < until);
        IQueryable<DeletionRequest> unanswered = records.DeletionRequests.Where(request => request.Answer == null);
        found = !asked ? found : found.Where(recording => unanswered.Any(request => request.RecordingId == recording.Id));
        List<Recording> listed = await found.OrderByDescending(recording => recording.From).Take(take).ToListAsync(cancellationToken);
        Guid[] ids = [.. listed.Select(recording => recording.Id)];
        Dictionary<Guid, DeletionRequest> requests = await records.DeletionRequests.AsNoTracking()
            .Where(request => ids.Contains(request.RecordingId)).ToDictionaryAsync(request => request.RecordingId, cancellationToken);
        return TypedResults.Ok(
            listed.Select(recording => Summarise(recording, book, active, requests.GetValueOrDefault(recording.Id))).ToArray());
    }

    private static async Task<Results<Ok<Playable>, ProblemHttpResult>> PlayAsync(
        Guid recordingId,
        Caller caller,
        SchoolBook book,
        ActiveRecordings active,
        RecordsContext records,
        OpenPlays plays,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(recordingId, caller, records, cancellationToken) is not { } recording)
        {
            return Unknown();
        }

        if (recording.To is null)
        {
            return StillRecording();
        }

        await audit.RecordAsync(caller.UserName, RecordingRecords.Played, RecordingRecords.Subject(recording));
        plays.Begin(caller.UserName, recordingId, TimeSpan.FromMilliseconds(recording.LengthMilliseconds));
        return TypedResults.Ok(new Playable(
            Summarise(recording, book, active, await records.DeletionRequests.AsNoTracking()
                .SingleOrDefaultAsync(request => request.RecordingId == recordingId, cancellationToken)),
            $"{caller.DisplayName} {caller.UserName}",
            [.. recording.Parts.OrderBy(part => part.Number).Select(part => new PlayablePart(
                $"/api/recordings/{recordingId}/parts/{part.Number}",
                TypeOf(part),
                part.OffsetMilliseconds,
                part.LengthMilliseconds,
                part.Width,
                part.Height,
                part.HasSound))]));
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> SendAsync(
        Guid recordingId,
        int number,
        HttpContext context,
        Caller caller,
        RecordsContext records,
        RecordingFolders folders,
        OpenPlays plays,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(recordingId, caller, records, cancellationToken) is not { } recording
            || recording.Parts.Find(part => part.Number == number) is not { } part)
        {
            return Unknown();
        }

        var file = new FileInfo(folders.Of(recordingId, number));
        PlayRequest play = plays.Ask(caller.UserName, recordingId, number, file.Exists && IsFromStart(context.Request, file.Length));
        if (play is PlayRequest.None)
        {
            return Problems.Create(StatusCodes.Status403Forbidden, "no-play", "请从录像页面播放");
        }

        if (!file.Exists)
        {
            return Problems.NotFound("recording-lost", "录像文件已不在磁盘上");
        }

        if (play is PlayRequest.Another)
        {
            await audit.RecordAsync(caller.UserName, RecordingRecords.Played, RecordingRecords.Subject(recording));
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.PhysicalFile(
            file.FullName,
            TypeOf(part),
            lastModified: file.LastWriteTimeUtc,
            entityTag: new EntityTagHeaderValue($"\"{recordingId:N}-{number}\""),
            enableRangeProcessing: true);
    }

    // Several ranges at once, or one that cannot be read, are answered with the whole file.
    private static bool IsFromStart(HttpRequest request, long length)
    {
        if (request.GetTypedHeaders().Range is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges })
        {
            return true;
        }

        RangeItemHeaderValue range = ranges.First();
        long first = range.From ?? length - (range.To ?? length);
        long last = range.From is null ? length - 1 : range.To ?? length - 1;
        // Nearly all of it is the whole of it, or a byte left out would make a copy that nobody is told of.
        return (first == 0 && range.To is null) || last - first + 1 >= length * 9 / 10;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid recordingId, Caller caller, RecordsContext records, RecordingRemover remover, CancellationToken cancellationToken)
    {
        if (await FindAsync(recordingId, caller, records, cancellationToken) is not { } recording)
        {
            return Unknown();
        }

        if (recording.To is null)
        {
            return StillRecording();
        }

        await remover.DeleteAsync(recording, caller.UserName, "recording.deleted");
        return TypedResults.NoContent();
    }

    private static async Task<Ok<StorageState>> StorageAsync(RecordingStorage storage, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.MeasureAsync(cancellationToken));

    // A recording that the caller may not see does not exist for the caller.
    private static async Task<Recording?> FindAsync(
        Guid recordingId, Caller caller, RecordsContext records, CancellationToken cancellationToken) =>
        await records.Recordings.AsNoTracking().VisibleTo(caller, records).Include(recording => recording.Parts)
            .SingleOrDefaultAsync(recording => recording.Id == recordingId, cancellationToken);

    // WebM is Matroska with fewer codecs; Chromium plays H.264 with Opus in Matroska, but not under WebM's name.
    private static string TypeOf(StoredPart part) => part.VideoCodec switch
    {
        VideoCodec.H264 => "video/x-matroska",
        VideoCodec.Vp8 => "video/webm",
        _ => "audio/webm",
    };

    private static ProblemHttpResult Unknown() => Problems.NotFound("unknown-recording", "没有这段录像");

    private static ProblemHttpResult StillRecording() =>
        Problems.Create(StatusCodes.Status409Conflict, "still-recording", "录像还在进行，结束后才能播放或删除");

    private static RecordingSummary Summarise(
        Recording recording, SchoolBook book, ActiveRecordings active, DeletionRequest? deletion)
    {
        RecordingStatus? status = recording.To is null ? active.Find(recording.Id)?.Room.Status : null;
        return new RecordingSummary(
            recording.Id,
            recording.RoomId,
            book.FindRoom(recording.RoomId)?.Name ?? recording.RoomId,
            recording.SchoolId,
            book.FindSchool(recording.SchoolId)?.Name ?? recording.SchoolId,
            recording.UserName,
            recording.DisplayName,
            recording.Reason,
            recording.VisitId is not null,
            recording.From,
            recording.To,
            status is null ? recording.LengthMilliseconds : (long)status.Length.TotalMilliseconds,
            status?.Bytes ?? recording.Bytes,
            status?.Faults ?? recording.Faults,
            DeletionRequestsFeature.DeletionRequestView.Of(deletion));
    }
}
