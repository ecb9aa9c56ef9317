using Xunke.Actors.Timetable;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>What a file would do to the timetables of a school or of the district.</summary>
/// <param name="Names">All names in it.</param>
/// <param name="Classes">What it changes, class by class.</param>
/// <param name="LeftOut">How many of its lessons are left out, for their school, class or subject is.</param>
/// <param name="WithoutSchool">How many lessons say no school in a file of the district.</param>
/// <param name="SecondTeachers">In how many lessons a second teacher is left out: a lesson has one.</param>
internal sealed record TimetableImport(
    IReadOnlyList<FoundName> Names, IReadOnlyList<ClassDifference> Classes, int LeftOut, int WithoutSchool, int SecondTeachers)
{
    /// <summary>Whether a person has to say something yet.</summary>
    public bool IsOpen => Names.Any(name => name.Answer == NameAnswer.Open);

    /// <summary>Works it out.</summary>
    /// <param name="file">What the file says.</param>
    /// <param name="schoolId">The school that it is for; null: it says the school of each lesson.</param>
    /// <param name="names">The names on the books.</param>
    /// <param name="decisions">What a person has said.</param>
    /// <param name="onRecord">The timetables of the term.</param>
    public static TimetableImport Of(
        ImportedTimetable file, string? schoolId, SchoolNames names, IReadOnlyList<NameDecision> decisions,
        IEnumerable<TimetableEntry> onRecord)
    {
        var said = decisions.GroupBy(one => (one.Thing, one.School, one.Name)).ToDictionary(same => same.Key, same => same.Last());
        var schools = new Dictionary<string, FoundName>(StringComparer.Ordinal);
        foreach (IGrouping<string, ImportedLesson> one in file.Lessons.Where(lesson => lesson.School is not null)
            .GroupBy(lesson => lesson.School!, StringComparer.Ordinal))
        {
            schools[one.Key] = names.Find(
                NamedThing.School, null, null, one.Key, one.Count(), said.GetValueOrDefault((NamedThing.School, null, one.Key)));
        }

        string? SchoolOf(ImportedLesson lesson) => lesson.School is null ? schoolId : schools[lesson.School].RowId;

        ImportedLesson[] placed = [.. file.Lessons.Where(lesson => SchoolOf(lesson) is not null)];
        var found = new Dictionary<(NamedThing, string?, string), FoundName>();
        foreach (IGrouping<(NamedThing Thing, string? School, string Name), ImportedLesson> one in placed.SelectMany(NamesOf)
            .GroupBy(one => one.Name, one => one.Lesson))
        {
            (NamedThing thing, string? school, string name) = one.Key;
            string? whose = thing == NamedThing.Subject ? null : school is null ? schoolId : schools[school].RowId;
            found[one.Key] = names.Find(thing, whose, school, name, one.Count(), said.GetValueOrDefault(one.Key));
        }

        var wanted = new Dictionary<(string SchoolId, string ClassId), List<PlannedEntry>>();
        int leftOut = file.Lessons.Count - placed.Length;
        foreach (ImportedLesson lesson in placed)
        {
            string school = SchoolOf(lesson)!;
            if (RowOf(NamedThing.Class, lesson.ClassName) is not { } classId
                || RowOf(NamedThing.Subject, lesson.Subject) is not { } subjectId)
            {
                leftOut++;
                continue;
            }

            if (!wanted.TryGetValue((school, classId), out List<PlannedEntry>? entries))
            {
                wanted[(school, classId)] = entries = [];
            }

            entries.Add(new PlannedEntry(
                TimeOf(lesson),
                new EntryContent(subjectId, RowOf(NamedThing.Teacher, TeacherOf(lesson)), RowOf(NamedThing.Room, lesson.Room))));

            string? RowOf(NamedThing thing, string? name) => name is null ? null : found[KeyOf(thing, lesson, name)] switch
            {
                { Answer: NameAnswer.Known } known => known.RowId,
                { Answer: NameAnswer.New } => NewRow.Of(thing == NamedThing.Subject ? null : school, name),
                _ => null,
            };
        }

        ILookup<string, TimetableEntry> byClass = onRecord.ToLookup(entry => entry.ClassId);
        return new TimetableImport(
            [
                .. schools.Values.Concat(found.Values).OrderBy(name => name.Answer).ThenBy(name => name.Thing)
                    .ThenBy(name => name.School, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal),
            ],
            [.. wanted.Select(one => ClassDifference.Of(one.Key.SchoolId, one.Key.ClassId, byClass[one.Key.ClassId], one.Value))],
            leftOut,
            schoolId is null ? file.Lessons.Count(lesson => lesson.School is null) : 0,
            file.Lessons.Count(lesson => lesson.Teacher?.Contains('、', StringComparison.Ordinal) == true));
    }

    private static (NamedThing, string?, string) KeyOf(NamedThing thing, ImportedLesson lesson, string name) =>
        // The subjects are the district's: each is asked for once.
        (thing, thing == NamedThing.Subject ? null : lesson.School, name);

    private static IEnumerable<((NamedThing Thing, string? School, string Name) Name, ImportedLesson Lesson)> NamesOf(ImportedLesson lesson)
    {
        yield return (KeyOf(NamedThing.Class, lesson, lesson.ClassName), lesson);
        yield return (KeyOf(NamedThing.Subject, lesson, lesson.Subject), lesson);
        if (TeacherOf(lesson) is { } teacher)
        {
            yield return (KeyOf(NamedThing.Teacher, lesson, teacher), lesson);
        }

        if (lesson.Room is { } room)
        {
            yield return (KeyOf(NamedThing.Room, lesson, room), lesson);
        }
    }

    private static string? TeacherOf(ImportedLesson lesson) => lesson.Teacher?.Split('、')[0];

    private static EntryTime TimeOf(ImportedLesson lesson) => new(
        lesson.Weekday, lesson.Period, lesson.FirstWeek ?? 1, lesson.LastWeek, lesson.Rotation.Length,
        lesson.Rotation.Length == 1 ? 1 : 1 << (lesson.Rotation.Week - 1));
}
