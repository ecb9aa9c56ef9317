using Xunke.Actors.Timetable;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>What a file would do to the timetable of a school.</summary>
/// <param name="Names">All names in it.</param>
/// <param name="Classes">What it changes, class by class.</param>
/// <param name="LeftOut">How many of its lessons are left out, for their class or subject is.</param>
/// <param name="SecondTeachers">In how many lessons a second teacher is left out: a lesson has one.</param>
internal sealed record TimetableImport(
    IReadOnlyList<FoundName> Names, IReadOnlyList<ClassDifference> Classes, int LeftOut, int SecondTeachers)
{
    /// <summary>The mark before the name of what is yet to be made.</summary>
    public const char New = '+';

    /// <summary>Whether a person has to say something yet.</summary>
    public bool IsOpen => Names.Any(name => name.Answer == NameAnswer.Open);

    /// <summary>Works it out.</summary>
    /// <param name="file">What the file says.</param>
    /// <param name="names">The names on the books.</param>
    /// <param name="decisions">What a person has said.</param>
    /// <param name="onRecord">The timetable of the school in the term.</param>
    public static TimetableImport Of(
        ImportedTimetable file, SchoolNames names, IReadOnlyList<NameDecision> decisions, IEnumerable<TimetableEntry> onRecord)
    {
        var said = decisions.GroupBy(one => (one.Thing, one.Name)).ToDictionary(same => same.Key, same => same.Last());
        var found = new Dictionary<(NamedThing, string), FoundName>();
        foreach (IGrouping<(NamedThing Thing, string Name), ImportedLesson> one in file.Lessons.SelectMany(NamesOf).GroupBy(
            one => one.Name, one => one.Lesson))
        {
            found[one.Key] = names.Find(one.Key.Thing, one.Key.Name, one.Count(), said.GetValueOrDefault(one.Key));
        }

        string? RowOf(NamedThing thing, string? name) => name is null ? null : found[(thing, name)] switch
        {
            { Answer: NameAnswer.Known } known => known.RowId,
            { Answer: NameAnswer.New } => New + name,
            _ => null,
        };

        var wanted = new Dictionary<string, List<PlannedEntry>>(StringComparer.Ordinal);
        int leftOut = 0;
        foreach (ImportedLesson lesson in file.Lessons)
        {
            if (RowOf(NamedThing.Class, lesson.ClassName) is not { } classId
                || RowOf(NamedThing.Subject, lesson.Subject) is not { } subjectId)
            {
                leftOut++;
                continue;
            }

            if (!wanted.TryGetValue(classId, out List<PlannedEntry>? entries))
            {
                wanted[classId] = entries = [];
            }

            entries.Add(new PlannedEntry(
                TimeOf(lesson),
                new EntryContent(subjectId, RowOf(NamedThing.Teacher, TeacherOf(lesson)), RowOf(NamedThing.Room, lesson.Room))));
        }

        ILookup<string, TimetableEntry> byClass = onRecord.ToLookup(entry => entry.ClassId);
        return new TimetableImport(
            [.. found.Values.OrderBy(name => name.Answer).ThenBy(name => name.Thing).ThenBy(name => name.Name, StringComparer.Ordinal)],
            [.. wanted.Select(one => ClassDifference.Of(one.Key, byClass[one.Key], one.Value))],
            leftOut,
            file.Lessons.Count(lesson => lesson.Teacher?.Contains('、', StringComparison.Ordinal) == true));
    }

    private static IEnumerable<((NamedThing Thing, string Name) Name, ImportedLesson Lesson)> NamesOf(ImportedLesson lesson)
    {
        yield return ((NamedThing.Class, lesson.ClassName), lesson);
        yield return ((NamedThing.Subject, lesson.Subject), lesson);
        if (TeacherOf(lesson) is { } teacher)
        {
            yield return ((NamedThing.Teacher, teacher), lesson);
        }

        if (lesson.Room is { } room)
        {
            yield return ((NamedThing.Room, room), lesson);
        }
    }

    private static string? TeacherOf(ImportedLesson lesson) => lesson.Teacher?.Split('、')[0];

    private static EntryTime TimeOf(ImportedLesson lesson) => new(
        lesson.Weekday, lesson.Period, lesson.FirstWeek ?? 1, lesson.LastWeek, lesson.Rotation.Length,
        lesson.Rotation.Length == 1 ? 1 : 1 << (lesson.Rotation.Week - 1));
}
