using Microsoft.Extensions.Options;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Actors.Visits;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Lessons;

/// <summary>
/// A teacher who has an account sees the snapshot of an own lesson first (教师先看): for some hours after its end nobody else does, but
/// those who visited the lesson, who have seen what was live, and the colleague to whom the teacher shows it.
/// </summary>
internal sealed class TeacherFirst(IOptions<LessonSettings> settings, TimeProvider time)
{
    /// <summary>How long the teacher is alone with it.</summary>
    public TimeSpan Lead { get; } = TimeSpan.FromHours(settings.Value.TeacherFirstHours);

    /// <summary>The lessons whose snapshots are not open to the caller yet.</summary>
    public IQueryable<Lesson> Held(IQueryable<Lesson> lessons, Caller caller, RecordsContext records)
    {
        (DateTimeOffset now, string who) = (time.GetUtcNow(), caller.UserName);
        DateTimeOffset free = now - Lead;
        (IQueryable<Teacher> teachers, IQueryable<Visit> visits, IQueryable<LessonShare> shares) =
            (records.Teachers, records.Visits, records.LessonShares);
        return lessons
            .Where(lesson => lesson.To > free && lesson.TeacherId != null)
            .Where(lesson => teachers.Any(
                teacher => teacher.Id == lesson.TeacherId && teacher.UserName != null && teacher.UserName != who))
            .Where(lesson => !visits.Any(
                visit => visit.UserName == who && visit.RoomId == lesson.RoomId && visit.From < lesson.To
                    && (visit.To == null || visit.To > lesson.From)))
            .Where(lesson => !shares.Any(
                share => share.LessonId == lesson.Id && share.UserName == who && share.ExpiresAt > now));
    }

    /// <summary>When a held lesson's snapshot is open to all who may see the lesson.</summary>
    public DateTimeOffset OpensAt(DateTimeOffset lessonTo) => lessonTo + Lead;
}
