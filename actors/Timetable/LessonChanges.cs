using System.Collections.Frozen;

namespace Xunke.Actors.Timetable;

/// <summary>A lesson after its changes, before it is known when its period is.</summary>
/// <param name="TeacherId">Who gives it.</param>
/// <param name="RoomId">Where.</param>
/// <param name="Weekday">On which weekday.</param>
/// <param name="NewDate">On which other date; null: on its weekday.</param>
/// <param name="Period">In which period.</param>
/// <param name="State">Whether it is held.</param>
/// <param name="Change">The latest change.</param>
internal readonly record struct ChangedLesson(
    string? TeacherId, string? RoomId, int Weekday, DateOnly? NewDate, int Period, LessonState State, TimetableChange? Change);

/// <summary>
/// The changes of a school's lessons. Each changes what it names and leaves the rest as the changes before it made it, so that a lesson
/// that is in another room from now on has its substitute there.
/// </summary>
internal sealed class LessonChanges
{
    private readonly FrozenDictionary<Guid, TimetableChange[]> _ofEntry;
    private readonly ILookup<DateOnly?, TimetableChange> _toDate;

    public LessonChanges(IEnumerable<TimetableChange> changes)
    {
        _ofEntry = changes.GroupBy(change => change.EntryId).ToFrozenDictionary(
            group => group.Key, group => group.OrderBy(change => change.MadeAt).ThenBy(change => change.Id).ToArray());
        _toDate = _ofEntry.Values.SelectMany(all => all).Where(change => change.NewDate is not null).ToLookup(change => change.NewDate);
    }

    /// <summary>The changes that name a date as the new one of a lesson.</summary>
    public IEnumerable<TimetableChange> To(DateOnly date) => _toDate[date];

    /// <summary>Whether a lesson may be on another weekday than the timetable says.</summary>
    public bool MovesWeekday(Guid entryId) =>
        _ofEntry.TryGetValue(entryId, out var changes) && Array.Exists(changes, change => change.NewWeekday is not null);

    /// <summary>Applies what was changed.</summary>
    /// <param name="entry">The lesson of the timetable.</param>
    /// <param name="room">Its room without changes.</param>
    /// <param name="date">Its date without changes.</param>
    public ChangedLesson Apply(TimetableEntry entry, string? room, DateOnly date)
    {
        var lesson = new ChangedLesson(
            entry.TeacherId, room, entry.Weekday, NewDate: null, entry.Period, LessonState.Held, Change: null);
        if (!_ofEntry.TryGetValue(entry.Id, out var changes))
        {
            return lesson;
        }

        foreach (var change in changes)
        {
            if (date >= change.FirstDay && date <= (change.LastDay ?? DateOnly.MaxValue))
            {
                lesson = Apply(lesson, change, entry, room, date) with { Change = change };
            }
        }

        return lesson;
    }

    private static ChangedLesson Apply(ChangedLesson lesson, TimetableChange change, TimetableEntry entry, string? room, DateOnly date) =>
        change.Kind switch
        {
            ChangeKind.Cancelled => lesson with { State = LessonState.Cancelled },
            ChangeKind.Elsewhere => lesson with { State = LessonState.Elsewhere, RoomId = null },
            ChangeKind.Substituted => lesson with
            {
                TeacherId = change.TeacherId ?? lesson.TeacherId,
                RoomId = change.RoomId ?? lesson.RoomId,
                State = change.RoomId is null && lesson.State == LessonState.Elsewhere ? LessonState.Elsewhere : LessonState.Held,
            },
            _ => Move(lesson, change, entry, date) with
            {
                TeacherId = change.TeacherId ?? lesson.TeacherId,
                RoomId = change.RoomId ?? (lesson.State == LessonState.Elsewhere ? room : lesson.RoomId),
                Period = change.NewPeriod ?? lesson.Period,
                State = LessonState.Held,
            },
        };

    private static ChangedLesson Move(ChangedLesson lesson, TimetableChange change, TimetableEntry entry, DateOnly date)
    {
        if (change.NewDate is { } newDate)
        {
            return date == change.FirstDay ? lesson with { NewDate = newDate } : lesson;
        }

        return change.NewWeekday is not { } weekday ? lesson
            : entry.Date is { } single ? lesson with { NewDate = Weeks.SameWeek(single, weekday) }
            : lesson with { Weekday = weekday, NewDate = null };
    }
}
