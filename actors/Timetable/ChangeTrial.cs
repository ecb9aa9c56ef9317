using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>Two lessons that changes would put into one class, teacher or room at once.</summary>
/// <param name="Kind">What both need.</param>
/// <param name="Lesson">The lesson that is changed.</param>
/// <param name="Other">The one that is there already.</param>
public sealed record ChangeClash(ConflictKind Kind, PlannedLesson Lesson, PlannedLesson Other)
{
    /// <summary>The class, teacher or room.</summary>
    public string Id => Kind switch
    {
        ConflictKind.Class => Lesson.ClassId,
        ConflictKind.Teacher => Lesson.TeacherId!,
        _ => Lesson.RoomId!,
    };
}

/// <summary>Tries changes before they are made. It looks at dates, unlike <see cref="ConflictFinder"/>: holidays and changes count.
/// </summary>
public static class ChangeTrial
{
    private const int MostClashes = 20;

    /// <summary>What the changes would put into two places at once that is not there already.</summary>
    /// <param name="school">The school without them.</param>
    /// <param name="changes">The changes, of lessons of one term.</param>
    /// <param name="others">Other schools at which the teachers may have lessons.</param>
    /// <returns>By date, at most 20.</returns>
    public static ImmutableArray<ChangeClash> Clashes(
        SchoolTimetable school, IReadOnlyCollection<TimetableChange> changes, IReadOnlyCollection<SchoolTimetable> others)
    {
        var changed = changes.Select(change => change.EntryId).ToHashSet();
        var classes = school.Entries.Where(entry => changed.Contains(entry.Id)).Select(entry => entry.ClassId).ToHashSet();
        var own = school.Only((one, _, _) => classes.Contains(one)).With(changes);
        DateOnly[] dates = [.. changes.SelectMany(change => DatesOf(school, change)).Distinct().Order()];
        PlannedLesson[] lessons =
            [.. dates.SelectMany(date => own.On(date)).Where(lesson => changed.Contains(lesson.EntryId) && IsHeld(lesson))];
        var teachers = lessons.Select(lesson => lesson.TeacherId).ToHashSet();
        var rooms = lessons.Select(lesson => lesson.RoomId).ToHashSet();
        var before = school.Only(IsNear);
        var after = before.With(changes);
        SchoolTimetable[] near =
            [.. others.Select(other => other.Only((_, teacher, _) => teacher is not null && teachers.Contains(teacher)))];
        var found = ImmutableArray.CreateBuilder<ChangeClash>();
        foreach (var date in dates)
        {
            var known = Clashes(before.On(date)).Select(KeyOf).ToHashSet();
            var clashes = Clashes(after.On(date)).Where(clash => !known.Contains(KeyOf(clash))).Concat(
                from lesson in after.On(date)
                where changed.Contains(lesson.EntryId) && IsHeld(lesson) && lesson.TeacherId is not null
                from other in near.SelectMany(one => one.On(date))
                where other.TeacherId == lesson.TeacherId && IsHeld(other) && AtOnce(lesson, other)
                select new ChangeClash(ConflictKind.Teacher, lesson, other));
            foreach (var clash in clashes)
            {
                found.Add(clash);
                if (found.Count == MostClashes)
                {
                    return found.ToImmutable();
                }
            }
        }

        return found.ToImmutable();

        bool IsNear(string one, string? teacher, string? room) =>
            classes.Contains(one) || (teacher is not null && teachers.Contains(teacher)) || (room is not null && rooms.Contains(room));

        IEnumerable<ChangeClash> Clashes(ImmutableArray<PlannedLesson> day) =>
            from lesson in day
            where changed.Contains(lesson.EntryId) && IsHeld(lesson)
            from other in day
            where IsHeld(other) && AtOnce(lesson, other) && (!changed.Contains(other.EntryId) || IsFirst(lesson, other))
            let kind = KindOf(lesson, other)
            where kind is not null
            select new ChangeClash(kind.Value, lesson, other);
    }

    /// <summary>The dates on which a change may put its lesson, bounded by the term.</summary>
    private static IEnumerable<DateOnly> DatesOf(SchoolTimetable school, TimetableChange change)
    {
        if (change.LastDay == change.FirstDay && change.NewWeekday is null)
        {
            return [change.NewDate ?? school.Find(change.EntryId, change.FirstDay)?.Date ?? change.FirstDay];
        }

        var termId = school.Entries.FirstOrDefault(entry => entry.Id == change.EntryId)?.TermId;
        var end = school.Terms.FirstOrDefault(term => term.Id == termId)?.LastDay ?? change.FirstDay;
        var last = change.LastDay is { } day && day < end ? Weeks.SameWeek(day, 7) : end;
        var first = Weeks.SameWeek(change.FirstDay, 1);
        return Enumerable.Range(0, Math.Max(7, last.DayNumber - first.DayNumber + 1)).Select(i => first.AddDays(i));
    }

    private static ConflictKind? KindOf(PlannedLesson lesson, PlannedLesson other) =>
        lesson.ClassId == other.ClassId ? ConflictKind.Class
        : lesson.TeacherId is not null && lesson.TeacherId == other.TeacherId ? ConflictKind.Teacher
        : lesson.RoomId is not null && lesson.RoomId == other.RoomId ? ConflictKind.Room
        : null;

    private static (ConflictKind Kind, string Id, Guid One, DateOnly OneDate, Guid Other, DateOnly OtherDate) KeyOf(ChangeClash clash) =>
        (clash.Kind, clash.Id, clash.Lesson.EntryId, clash.Lesson.Unchanged.Date, clash.Other.EntryId, clash.Other.Unchanged.Date);

    private static bool IsHeld(PlannedLesson lesson) => lesson.State != LessonState.Cancelled;

    /// <summary>Of two that are changed one tells of both.</summary>
    private static bool IsFirst(PlannedLesson one, PlannedLesson other) =>
        (one.EntryId, one.Unchanged.Date).CompareTo((other.EntryId, other.Unchanged.Date)) < 0;

    private static bool AtOnce(PlannedLesson one, PlannedLesson other) => one.From < other.To && other.From < one.To;
}
