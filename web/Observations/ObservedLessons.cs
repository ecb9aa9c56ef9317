using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Forms;
using Xunke.Actors.Lessons;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;
using Xunke.Web.Live;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Observations;

/// <summary>A lesson as far as an observation names it.</summary>
internal sealed record ObservedLesson(
    Guid Id, string RoomId, string SchoolId, DateTimeOffset From, DateTimeOffset To, bool Ended, string? TeacherId, string? ClassId,
    string? SubjectId, int? Period, DateOnly? Date, string? Kind, int Enrolled);

/// <summary>Finds the lessons that the caller may observe, and says what is known of them.</summary>
internal sealed class ObservedLessons(
    RecordsContext records, LessonAccess access, SchoolBook book, TimetableBook timetable, LiveBoard board, MonitoringHost monitoring)
{
    /// <summary>The lesson that goes on in a room; null: none does.</summary>
    public async Task<ObservedLesson?> RunningAsync(RoomEntry room, CancellationToken cancellationToken)
    {
        LessonNow now = await monitoring.Running.AskLessonAsync(room.RoomId, new GetLesson(), cancellationToken);
        if (now.LessonId is not { } lessonId || now.From is not { } from)
        {
            return null;
        }

        // It is on record some minutes after its beginning; until then the timetable says whose it is.
        return await FindAsync(lessonId, cancellationToken)
            ?? (timetable.At(room.SchoolId, room.RoomId, from)?.Now is { } plan
                ? new ObservedLesson(
                    lessonId, room.RoomId, room.SchoolId, from, from, false, plan.TeacherId, plan.ClassId, plan.SubjectId,
                    plan.Period.Period.Number, plan.Date, null, timetable.EnrolledOf(plan.ClassId) ?? room.Enrolled)
                : new ObservedLesson(
                    lessonId, room.RoomId, room.SchoolId, from, from, false, now.TeacherId, null, null, null, null, null, room.Enrolled));
    }

    /// <summary>The lesson of a room now, or one on record, that the caller may observe.</summary>
    public async Task<(ObservedLesson? Lesson, ProblemHttpResult? Refusal)> OpenAsync(
        Guid? lessonId, string? roomId, Caller caller, CancellationToken cancellationToken)
    {
        if (lessonId is null && roomId is null)
        {
            return (null, Problems.BadRequest("no-lesson", "请说明听哪一节课"));
        }

        RoomEntry? room = null;
        if (lessonId is null && !book.TryFind(roomId, caller, out room, out ProblemHttpResult? refusal, Permission.Observe))
        {
            return (null, refusal);
        }

        ObservedLesson? lesson = room is not null
            ? await RunningAsync(room, cancellationToken) : await FindAsync(lessonId!.Value, cancellationToken);
        if (lesson is null)
        {
            return (null, room is null ? LessonAccess.Unknown()
                : Problems.Create(StatusCodes.Status409Conflict, "no-lesson-now", "这间教室现在没有在上课"));
        }

        if (!caller.May(Permission.Observe, lesson.SchoolId, lesson.SubjectId))
        {
            return (null, LessonAccess.Unknown());
        }

        if (await records.Teachers.AnyAsync(
            teacher => teacher.Id == lesson.TeacherId && teacher.UserName == caller.UserName, cancellationToken))
        {
            return (null, Problems.Create(StatusCodes.Status403Forbidden, "own-lesson", "自己的课不能由自己听评，可以写反思"));
        }

        // What is live is open to whoever may watch the room; afterwards the lesson is its teacher's first.
        return lesson.Ended && await access.OpenAsync(lesson.Id, caller, cancellationToken) is { IsOpen: false } opened
            ? (null, opened.Refusal) : (lesson, null);
    }

    /// <summary>What an observation is of, as it is known now.</summary>
    public async Task<ObservationHeader> HeaderOfAsync(ObservedLesson lesson, Form form, CancellationToken cancellationToken)
    {
        BookNames names = timetable.Names;
        return new ObservationHeader(
            book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId, book.FindRoom(lesson.RoomId)?.Name ?? lesson.RoomId,
            names.Class(lesson.ClassId), names.Subject(lesson.SubjectId), names.SubjectEn(lesson.SubjectId),
            names.Teacher(lesson.TeacherId), lesson.Period, lesson.Date ?? timetable.Of(lesson.SchoolId).DateOf(lesson.From),
            lesson.From, lesson.Ended ? lesson.To : null, lesson.Kind, lesson.Enrolled > 0 ? lesson.Enrolled : null,
            await PresentAsync(lesson, cancellationToken), form.Name, form.NameEn, form.Kind);
    }

    /// <summary>The header of an observation with what became known of its lesson since.</summary>
    public async Task<ObservationHeader> RenewAsync(Observation observation, CancellationToken cancellationToken)
    {
        ObservationHeader header = observation.Header;
        return await FindAsync(observation.LessonId, cancellationToken) is not { } lesson ? header : header with
        {
            To = lesson.Ended ? lesson.To : header.To,
            LessonKind = lesson.Kind ?? header.LessonKind,
            Present = await PresentAsync(lesson, cancellationToken) ?? header.Present,
        };
    }

    /// <summary>A lesson on record.</summary>
    public Task<ObservedLesson?> FindAsync(Guid lessonId, CancellationToken cancellationToken) =>
        records.Lessons.AsNoTracking().Where(lesson => lesson.Id == lessonId)
            .Select(lesson => new ObservedLesson(
                lesson.Id, lesson.RoomId, lesson.SchoolId, lesson.From, lesson.To, lesson.Ended, lesson.TeacherId, lesson.ClassId,
                lesson.SubjectId, lesson.Period, lesson.PlannedDate, lesson.Kind, lesson.Enrolled))
            .SingleOrDefaultAsync(cancellationToken);

    private async Task<int?> PresentAsync(ObservedLesson lesson, CancellationToken cancellationToken)
    {
        if (!lesson.Ended)
        {
            return board.FindRoom(lesson.RoomId)?.Newest?.View.People is { } people and > 0 ? people : null;
        }

        byte[]? snapshot = await records.Lessons.Where(one => one.Id == lesson.Id).Select(one => one.Snapshot)
            .SingleOrDefaultAsync(cancellationToken);
        return snapshot is null ? null : FrozenSnapshot.PeopleOf(snapshot);
    }
}
