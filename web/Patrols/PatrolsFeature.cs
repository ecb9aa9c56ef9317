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

/// <summary>What is found on rounds (巡课): saved, and listed: <c>/api/patrols</c>.</summary>
internal static class PatrolsFeature
{
    private const int MaxTake = 500;
    private const int MostPupils = 200;

    public static void MapPatrols(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/patrols").WithTags("Patrols")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPut("/{visitId:guid}", SaveAsync).Require(Permission.Patrol)
            .WithSummary("Saves what is found during an own visit; until the end of its day it can be saved anew")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", ListAsync).Require(Permission.SeePatrols)
            .WithSummary("What was found on rounds, newest first: all, those of the school, own ones, or those of own lessons")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<PatrolView>, ProblemHttpResult>> SaveAsync(
        Guid visitId, WrittenPatrol written, Caller caller, SchoolBook book, TimetableBook timetable, LiveBoard board,
        RecordsContext records, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        string note = PlainText.Tidy(written.Note ?? string.Empty);
        if (note.Length > Patrol.LongestNote || PlainText.FindHidden(note) is not null)
        {
            return Problems.BadRequest("bad-note", $"说明最多 {Patrol.LongestNote} 字，不含看不见的字符");
        }

        if (written.Present is < 0 or > MostPupils)
        {
            return Problems.BadRequest("bad-count", $"人数应为 0 到 {MostPupils}");
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

        Dictionary<string, FormAnswer> answers = form.Content.UsualAnswers();
        foreach ((string key, FormAnswer answer) in written.Answers ?? new Dictionary<string, FormAnswer>())
        {
            answers[key] = answer;
        }

        if (PatrolRules.Misfits(form.Content, answers).FirstOrDefault() is { } misfit)
        {
            return Problems.Create(StatusCodes.Status400BadRequest, "bad-answer", "有一项的回答不合巡课表的要求", ("item", misfit));
        }

        DateTimeOffset now = time.GetUtcNow();
        if (timetable.Of(visit.SchoolId).DateOf(visit.From) != timetable.Today)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "day-over", "巡课当天才能填写和修改");
        }

        RoomView? view = board.FindRoom(visit.RoomId)?.Newest?.View;
        Patrol? kept = null;
        await audit.CommitAsync(async deed =>
        {
            kept = await deed.Records.Patrols.SingleOrDefaultAsync(one => one.VisitId == visitId);
            bool isNew = kept is null;
            if (kept is null)
            {
                kept = new Patrol
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
                    Answers = answers,
                    IsException = false,
                    Expected = RoundFeature.ExpectedIn(timetable, book.FindRoom(visit.RoomId), visit.Lesson?.ClassId),
                    Seen = view is { State: ClassroomState.Live } ? view.People : null,
                    Note = note,
                    At = now,
                    ChangedAt = now,
                };
                deed.Records.Patrols.Add(kept);
                FormVersion version = await deed.Records.FormVersions
                    .SingleAsync(one => one.FormId == form.FormId && one.Number == form.Version);
                version.UsedAt ??= now;
            }
            else if (kept.FormId != form.FormId || kept.FormVersion != form.Version)
            {
                deed.GiveUp();
                return;
            }

            (kept.Answers, kept.Present, kept.Note, kept.ChangedAt) = (answers, written.Present, note, now);
            kept.IsException = PatrolRules.IsException(form.Content, answers);
            deed.Tell(caller.UserName, isNew ? "patrol.saved" : "patrol.changed", $"{visit.Id} {visit.RoomId}");
        });
        return kept!.FormId != form.FormId || kept.FormVersion != form.Version
            ? Problems.Create(StatusCodes.Status409Conflict, "form-changed", "这次巡课是按另一版巡课表填写的")
            : TypedResults.Ok(View(kept, visit, book, timetable.Names, mayChange: true));
    }

    private static async Task<Results<Ok<PatrolList>, ProblemHttpResult>> ListAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, CancellationToken cancellationToken,
        string? schoolId = null, DateOnly? from = null, DateOnly? to = null, bool exceptions = false, int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        IQueryable<Patrol> patrols = records.Patrols.AsNoTracking().VisibleTo(caller, records);
        patrols = schoolId is null ? patrols : patrols.Where(patrol => patrol.SchoolId == schoolId);
        patrols = from is null ? patrols : patrols.Where(patrol => patrol.Date >= from);
        patrols = to is null ? patrols : patrols.Where(patrol => patrol.Date <= to);
        patrols = exceptions ? patrols.Where(patrol => patrol.IsException) : patrols;
        List<Patrol> found = await patrols.OrderByDescending(patrol => patrol.At).Take(take).ToListAsync(cancellationToken);
        Guid[] visitIds = [.. found.Select(patrol => patrol.VisitId)];
        Dictionary<Guid, Visit> visits = await records.Visits.AsNoTracking().Where(visit => visitIds.Contains(visit.Id))
            .ToDictionaryAsync(visit => visit.Id, cancellationToken);
        var forms = new List<PatrolForm>();
        foreach ((Guid formId, int version) in found.Select(patrol => (patrol.FormId, patrol.FormVersion)).Distinct())
        {
            forms.Add((await PatrolForms.FindAsync(records, formId, version, cancellationToken))!);
        }

        return TypedResults.Ok(new PatrolList(
            [.. found.Select(patrol => View(
                patrol, visits.GetValueOrDefault(patrol.VisitId), book, timetable.Names,
                patrol.UserName == caller.UserName && patrol.Date == timetable.Today))],
            [.. forms]));
    }

    private static PatrolView View(Patrol patrol, Visit? visit, SchoolBook book, BookNames names, bool mayChange) => new(
        patrol.VisitId, patrol.At, patrol.ChangedAt, patrol.RoomId, book.FindRoom(patrol.RoomId)?.Name ?? patrol.RoomId, patrol.SchoolId,
        book.FindSchool(patrol.SchoolId)?.Name ?? patrol.SchoolId, patrol.UserName, patrol.DisplayName, names.Teacher(patrol.TeacherId),
        names.Class(patrol.ClassId), names.Subject(patrol.SubjectId), patrol.FormId, patrol.FormVersion, patrol.Answers,
        patrol.IsException, patrol.Expected, patrol.Seen, patrol.Present, patrol.Note,
        visit?.To is { } to ? (to - visit.From).TotalMinutes : null, mayChange);
}
