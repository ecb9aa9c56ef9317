using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Forms;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Observations;

/// <summary>Beginning to observe a lesson, and giving that up.</summary>
internal static class BeginningFeature
{
    /// <summary>A lesson on record, or the one that goes on in a room, and the form.</summary>
    internal sealed record WantedObservation(Guid? LessonId, string? RoomId, Guid? FormId);

    public static void MapBeginning(this RouteGroupBuilder group, IEndpointRouteBuilder app)
    {
        group.MapPost("/", BeginAsync).Require(Permission.Observe)
            .WithSummary("Begins an observation of a lesson; whoever begins again goes on with the same")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{observationId:guid}", DropAsync).Require(Permission.Observe)
            .WithSummary("Drops an own draft")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapGet("/api/rooms/{roomId}/observation", OfRoomAsync).Require(Permission.Observe).WithTags("Observations")
            .WithSummary("The lesson that goes on in a room, and the caller's observation of it")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<ObservationView>, Created<ObservationView>, ProblemHttpResult>> BeginAsync(
        WantedObservation wanted, Caller caller, RecordsContext records, ObservedLessons lessons, ObservationReader reader,
        ObservationDeeds deeds, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        (ObservedLesson? lesson, ProblemHttpResult? refusal) =
            await lessons.OpenAsync(wanted.LessonId, wanted.RoomId, caller, cancellationToken);
        if (lesson is null)
        {
            return refusal!;
        }

        if (await FindAsync(records) is { } before)
        {
            return TypedResults.Ok(await reader.ShowAsync(before, caller, cancellationToken));
        }

        Form? form = await records.Forms.AsNoTracking().SingleOrDefaultAsync(one => one.Id == wanted.FormId, cancellationToken);
        if (form is null or { WithdrawnAt: not null })
        {
            return Problems.BadRequest("no-form", "请选择一份在用的量表");
        }

        ObservationHeader header = await lessons.HeaderOfAsync(lesson, form, cancellationToken);
        (Observation? made, bool isNew, bool isForKind) = (null, false, true);
        await audit.CommitAsync(async deed =>
        {
            made = await FindAsync(deed.Records);
            Form now = await deed.Records.Forms.SingleAsync(one => one.Id == form.Id);
            FormVersion version = await deed.Records.FormVersions.SingleAsync(one => one.FormId == now.Id && one.Number == now.Version);
            isForKind = version.Content.LessonKinds is [] || lesson.Kind is not { } kind || version.Content.LessonKinds.Contains(kind);
            if (made is not null || !isForKind)
            {
                deed.GiveUp();
                return;
            }

            DateTimeOffset at = time.GetUtcNow();
            version.UsedAt ??= at;
            (isNew, made) = (true, new Observation
            {
                Id = Guid.NewGuid(),
                LessonId = lesson.Id,
                RoomId = lesson.RoomId,
                SchoolId = lesson.SchoolId,
                TeacherId = lesson.TeacherId,
                SubjectId = lesson.SubjectId,
                UserName = caller.UserName,
                DisplayName = caller.DisplayName,
                FormId = now.Id,
                FormVersion = version.Number,
                Form = version.Content,
                Header = header,
                Answers = version.Content.UsualAnswers(),
                Overall = string.Empty,
                Version = 1,
                State = ObservationState.Draft,
                BegunAt = at,
                ChangedAt = at,
            });
            deed.Records.Observations.Add(made);
            deeds.Tell(deed, made, caller.UserName, "observation.begun");
        });
        if (!isForKind)
        {
            return Problems.BadRequest("form-of-other-kind", "这份量表不用于这种课型，请换一份");
        }

        ObservationView shown = await reader.ShowAsync(made!, caller, cancellationToken);
        return isNew ? TypedResults.Created($"/api/observations/{made!.Id}", shown) : TypedResults.Ok(shown);

        Task<Observation?> FindAsync(RecordsContext context) => context.Observations.AsNoTracking()
            .SingleOrDefaultAsync(one => one.UserName == caller.UserName && one.LessonId == lesson.Id, CancellationToken.None);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DropAsync(
        Guid observationId, Caller caller, ObservationDeeds deeds, AuditTrail audit)
    {
        ProblemHttpResult? problem = null;
        await audit.CommitAsync(async deed =>
        {
            Observation? found = await deed.Records.Observations
                .SingleOrDefaultAsync(one => one.Id == observationId && one.UserName == caller.UserName);
            problem = found is null ? ObservationDeeds.Unknown()
                : found.State is not ObservationState.Draft ? ObservationDeeds.Sent() : null;
            if (found is null || problem is not null)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Observations.Remove(found);
            deeds.Tell(deed, found, caller.UserName, "observation.dropped");
        });
        return problem is not null ? problem : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RoomObservation>, ProblemHttpResult>> OfRoomAsync(
        string roomId, Caller caller, SchoolBook book, RecordsContext records, ObservedLessons lessons, CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal, Permission.Observe))
        {
            return refusal;
        }

        ObservedLesson? lesson = await lessons.RunningAsync(room, cancellationToken);
        if (lesson is null || !caller.May(Permission.Observe, lesson.SchoolId, lesson.SubjectId))
        {
            return TypedResults.Ok(new RoomObservation(null, null, null));
        }

        List<Guid> own = await records.Observations
            .Where(one => one.UserName == caller.UserName && one.LessonId == lesson.Id && one.State == ObservationState.Draft)
            .Select(one => one.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new RoomObservation(lesson.Id, lesson.From, own is [var id] ? id : null));
    }
}
