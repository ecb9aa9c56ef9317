using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Lessons;

/// <summary>A lesson as far as it must be known before anything of it is shown.</summary>
/// <param name="Id">Its name.</param>
/// <param name="RoomId">Where it was.</param>
/// <param name="SchoolId">The room's school.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended, or how far it is known.</param>
/// <param name="Ended">Whether it is over.</param>
/// <param name="TeacherId">Who gave it by the timetable; null: not known.</param>
/// <param name="SubjectId">Its subject by the timetable; null: not known.</param>
/// <param name="EntryId">The lesson of the timetable; null: nobody planned it.</param>
/// <param name="Date">Its planned date before any change; null: not known.</param>
/// <param name="Kind">What kind of lesson its teacher says it was; null: not said.</param>
/// <param name="IsOwn">Whether the caller is its teacher.</param>
internal sealed record KnownLesson(
    Guid Id, string RoomId, string SchoolId, DateTimeOffset From, DateTimeOffset To, bool Ended, string? TeacherId, string? SubjectId,
    Guid? EntryId, DateOnly? Date, string? Kind, bool IsOwn)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(double seconds) => seconds >= 0 && seconds <= (To - From).TotalSeconds;

    /// <summary>As the trail names it in all lines about it.</summary>
    public string Subject => $"{Id} {RoomId}";
}

/// <summary>A lesson that is open to the caller, or why it is not.</summary>
internal sealed record OpenedLesson(KnownLesson? Lesson, ProblemHttpResult? Refusal)
{
    /// <summary>Whether it is open.</summary>
    [MemberNotNullWhen(true, nameof(Lesson))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOpen => Lesson is not null;
}

/// <summary>Opens a lesson's snapshot, and all that belongs to it, to those who may see it now.</summary>
internal sealed class LessonAccess(RecordsContext records, TeacherFirst first, TimeProvider time)
{
    /// <summary>Whether a lesson exists is told only to those who may see it.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("unknown-lesson", "没有这节课的快照，或您没有权限查看");

    /// <summary>Looks a lesson up.</summary>
    public async Task<OpenedLesson> OpenAsync(Guid lessonId, Caller caller, CancellationToken cancellationToken)
    {
        (DateTimeOffset now, string who) = (time.GetUtcNow(), caller.UserName);
        IQueryable<Lesson> one = records.Lessons.AsNoTracking().Where(lesson => lesson.Id == lessonId);
        IQueryable<Teacher> teachers = records.Teachers;
        // Not what was seen and heard, which is most of a row.
        KnownLesson? lesson = await one.Select(lesson => new KnownLesson(
            lesson.Id, lesson.RoomId, lesson.SchoolId, lesson.From, lesson.To, lesson.Ended, lesson.TeacherId, lesson.SubjectId,
            lesson.EntryId, lesson.PlannedDate, lesson.Kind,
            teachers.Any(teacher => teacher.Id == lesson.TeacherId && teacher.UserName == who)))
            .SingleOrDefaultAsync(cancellationToken);
        bool isVisible = lesson is not null
            && (await one.VisibleTo(caller, records).AnyAsync(cancellationToken)
                || await records.LessonShares.AnyAsync(
                    share => share.LessonId == lessonId && share.UserName == who && share.ExpiresAt > now, cancellationToken));
        if (lesson is null || !isVisible)
        {
            return new OpenedLesson(null, Unknown());
        }

        if (!await first.Held(one, caller, records).AnyAsync(cancellationToken))
        {
            return new OpenedLesson(lesson, null);
        }

        DateTimeOffset opens = first.OpensAt(lesson.To);
        return new OpenedLesson(null, Problems.Create(
            StatusCodes.Status403Forbidden, "teacher-first", "这节课先由任课教师查看，之后开放", ("opensAt", opens)));
    }
}
