using Xunke.Actors.Reviews;
using Xunke.Web.Lessons;

namespace Xunke.Web.Reviews;

/// <summary>Which lesson goals are of: one of the timetable on a date, held or not, or one that nobody planned.</summary>
internal sealed record GoalKey(Guid? EntryId, DateOnly? Date, Guid? LessonId)
{
    /// <summary>That of a lesson that was held.</summary>
    public static GoalKey Of(KnownLesson lesson) =>
        lesson is { EntryId: { } entry, Date: { } date } ? new GoalKey(entry, date, null) : new GoalKey(null, null, lesson.Id);

    /// <summary>Its goals.</summary>
    public IQueryable<LessonGoal> Find(IQueryable<LessonGoal> goals) =>
        LessonId is { } lesson
            ? goals.Where(goal => goal.LessonId == lesson)
            : goals.Where(goal => goal.EntryId == EntryId && goal.Date == Date);
}
