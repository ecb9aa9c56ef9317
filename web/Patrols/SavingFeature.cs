using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Forms;
using Xunke.Actors.Live;
using Xunke.Actors.Patrols;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;
using Xunke.Web.Text;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>Saves what is found during a visit: <c>PUT /api/patrols/{visitId}</c>.</summary>
internal static class SavingFeature
{
    private const int MostPupils = 200;

    public static void MapPatrolSaving(this IEndpointRouteBuilder app) => app.MapPut("/api/patrols/{visitId:guid}", SaveAsync)
        .Require(Permission.Patrol).WithTags("Patrols")
        .WithSummary("Saves what is found during an own visit; until the end of its day it can be saved anew")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<PatrolView>, ProblemHttpResult>> SaveAsync(
        Guid visitId, WrittenPatrol written, Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board,
        RecordsContext records, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (RefusalOf(written) is { } refusal)
        {
            return refusal;
        }

        if (await records.Visits.AsNoTracking().SingleOrDefaultAsync(
            one => one.Id == visitId && one.UserName == caller.UserName, cancellationToken) is not { } visit)
        {
            return Problems.NotFound("unknown-visit", "没有这次巡课");
        }

        if (await PatrolForms.FindAsync(records, written.FormId, written.Version, cancellationToken) is not { } form)
        {
            return Problems.BadRequest("unknown-form", "没有这份巡课表");
        }

        Dictionary<string, FormAnswer> answers = AnswersOf(written, form.Content);
        if (PatrolRules.Misfits(form.Content, answers).FirstOrDefault() is { } misfit)
        {
            return Problems.Create(StatusCodes.Status400BadRequest, "bad-answer", "有一项的回答不合巡课表的要求", ("item", misfit));
        }

        if (timetable.Of(visit.SchoolId).DateOf(visit.From) != timetable.Today)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "day-over", "巡课当天才能填写和修改");
        }

        Patrol found = New(visit, form, caller, book, timetable, board, time.GetUtcNow());
        (found.Answers, found.Present, found.Note) = (answers, written.Present, NoteOf(written));
        found.IsException = PatrolRules.IsException(form.Content, answers);
        return await CommitAsync(found, audit) is { } kept
            ? TypedResults.Ok(PatrolView.Of(kept, visit, book, timetable.Names, mayChange: true))
            : Problems.Create(StatusCodes.Status409Conflict, "form-changed", "这次巡课是按另一版巡课表填写的");
    }

    private static ProblemHttpResult? RefusalOf(WrittenPatrol written) =>
        NoteOf(written) is var note && (note.Length > Patrol.LongestNote || PlainText.FindHidden(note) is not null)
            ? Problems.BadRequest("bad-note", $"说明最多 {Patrol.LongestNote} 字，不含看不见的字符")
        : written.Present is < 0 or > MostPupils ? Problems.BadRequest("bad-count", $"人数应为 0 到 {MostPupils}")
        : null;

    private static string NoteOf(WrittenPatrol written) => PlainText.Tidy(written.Note ?? string.Empty);

    /// <summary>What is not answered is as usual.</summary>
    private static Dictionary<string, FormAnswer> AnswersOf(WrittenPatrol written, FormContent form)
    {
        Dictionary<string, FormAnswer> answers = form.UsualAnswers();
        foreach ((string key, FormAnswer answer) in written.Answers ?? new Dictionary<string, FormAnswer>())
        {
            answers[key] = answer;
        }

        return answers;
    }

    private static Patrol New(
        Visit visit, PatrolForm form, Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board, DateTimeOffset now) => new()
        {
            VisitId = visit.Id,
            RoomId = visit.RoomId,
            SchoolId = visit.SchoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            TeacherId = visit.Lesson?.TeacherId,
            ClassId = visit.Lesson?.ClassId,
            SubjectId = visit.Lesson?.SubjectId,
            Date = timetable.Today,
            FormId = form.FormId,
            FormVersion = form.Version,
            Answers = [],
            IsException = false,
            Expected = RoundFeature.ExpectedIn(timetable, book.FindRoom(visit.RoomId), visit.Lesson?.ClassId),
            Seen = board.FindRoom(visit.RoomId)?.Newest?.View is { State: ClassroomState.Live } view ? view.People : null,
            Note = string.Empty,
            At = now,
            ChangedAt = now,
        };

    /// <summary>Keeps it, or changes what is kept of the visit already. Null: that was filled in by another form or version.</summary>
    private static async Task<Patrol?> CommitAsync(Patrol found, AuditTrail audit)
    {
        Patrol? kept = null;
        await audit.CommitAsync(async deed =>
        {
            kept = await deed.Records.Patrols.SingleOrDefaultAsync(one => one.VisitId == found.VisitId);
            bool isNew = kept is null;
            if (kept is null)
            {
                kept = found;
                deed.Records.Patrols.Add(kept);
                FormVersion version = await deed.Records.FormVersions
                    .SingleAsync(one => one.FormId == found.FormId && one.Number == found.FormVersion);
                version.UsedAt ??= found.At;
            }
            else if (kept.FormId != found.FormId || kept.FormVersion != found.FormVersion)
            {
                kept = null;
                deed.GiveUp();
                return;
            }

            (kept.Answers, kept.Present, kept.Note) = (found.Answers, found.Present, found.Note);
            (kept.IsException, kept.ChangedAt) = (found.IsException, found.ChangedAt);
            deed.Tell(found.UserName, isNew ? "patrol.saved" : "patrol.changed", $"{found.VisitId} {found.RoomId}");
        });
        return kept;
    }
}
