using Xunke.Actors.Timetable;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable.Changing;

/// <summary>A lesson of the timetable with its names.</summary>
internal sealed record EntryView(
    Guid EntryId, string ClassId, string ClassName, string SubjectId, string SubjectName, string SubjectNameEn, string? TeacherId,
    string? TeacherName, string? RoomName, int Weekday, int Period, int FirstWeek, int? LastWeek, int Rotation, int Turns, DateOnly? Date);

/// <summary>A change of a lesson with its names. Those of a swap have the same MadeAt.</summary>
internal sealed record ChangeView(
    Guid Id, ChangeKind Kind, DateOnly FirstDay, DateOnly? LastDay, string? TeacherName, string? RoomName, DateOnly? NewDate,
    int? NewWeekday, int? NewPeriod, string? Reason, DateTimeOffset MadeAt, EntryView Entry);

/// <summary>Changes of a school's lessons, by their first day.</summary>
internal sealed record ChangeList(IReadOnlyList<ChangeView> Changes);

/// <summary>Who or what would be in two places at once.</summary>
internal sealed record ClashView(ConflictKind Kind, string Name, LessonView Lesson, LessonView Other);

/// <summary>Two lessons of the timetable that cannot both be held.</summary>
internal sealed record ConflictView(
    ConflictKind Kind, string Id, string Name, EntryView One, EntryView Other, DateOnly FirstDate, int Dates);

/// <summary>The conflicts of a timetable; of very many only the first are told.</summary>
internal sealed record ConflictList(int Count, IReadOnlyList<ConflictView> Conflicts);

/// <summary>Gives changes and conflicts their names.</summary>
internal sealed class ChangeViews(BookNames names, SchoolBook book)
{
    private readonly PlannedViews _planned = new(names, book);

    public ChangeView? Of(TimetableChange change, TimetableEntry? entry) => entry is null ? null : new(
        change.Id, change.Kind, change.FirstDay, change.LastDay, names.Teacher(change.TeacherId), Room(change.RoomId), change.NewDate,
        change.NewWeekday, change.NewPeriod, change.Reason, change.MadeAt, Of(entry));

    public ClashView Of(ChangeClash clash) =>
        new(clash.Kind, NameOf(clash.Kind, clash.Id), _planned.Of(clash.Lesson)!, _planned.Of(clash.Other)!);

    public ConflictView Of(TimetableConflict conflict) => new(
        conflict.Kind, conflict.Id, NameOf(conflict.Kind, conflict.Id), Of(conflict.One), Of(conflict.Other), conflict.FirstDate,
        conflict.Dates);

    private EntryView Of(TimetableEntry entry) => new(
        entry.Id, entry.ClassId, names.Class(entry.ClassId)!, entry.SubjectId, names.Subject(entry.SubjectId)!,
        names.SubjectEn(entry.SubjectId)!, entry.TeacherId, names.Teacher(entry.TeacherId), Room(entry.RoomId), entry.Weekday, entry.Period,
        entry.FirstWeek, entry.LastWeek, entry.Rotation, entry.Turns, entry.Date);

    private string NameOf(ConflictKind kind, string id) => kind switch
    {
        ConflictKind.Class => names.Class(id)!,
        ConflictKind.Teacher => names.Teacher(id)!,
        _ => Room(id)!,
    };

    private string? Room(string? id) => id is null ? null : book.FindRoom(id)?.Name ?? id;
}
