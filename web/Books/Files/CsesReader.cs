using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Xunke.Web.Books.Files;

/// <summary>
/// Reads CSES, the format of classroom boards (github.com/SmartTeachCN/CSES), versions 1 and 2. A file is of one class and has its times;
/// periods are numbered by them.
/// </summary>
internal sealed class CsesReader
{
    private const string Words = "cses";

    private readonly string _sheet;
    private readonly TimetableBuilder _into = new();
    private readonly Dictionary<string, (string? Teacher, string? Room)> _subjects = [];

    private CsesReader(string name) => _sheet = Path.GetFileName(name);

    private sealed record Entry(int Weekday, Rotation Rotation, string Subject, TimeOnly Start, TimeOnly End, long Line);

    /// <summary>Whether a text looks like CSES.</summary>
    public static bool IsIn(string text) =>
        text.Contains("schedules:", StringComparison.Ordinal) && text.Contains("subjects:", StringComparison.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileRefusedException">It is no CSES.</exception>
    public static ImportedTimetable Read(string name, byte[] content, FileLimits? limits = null)
    {
        limits ??= FileLimits.Default;
        if (content.Length > limits.YamlBytes)
        {
            throw new FileRefusedException("文件太大，不是一个班的课表 the file is too large for the timetable of one class");
        }

        YamlNode root = BoundedYaml.Read(BookText.From(content, []).Text, limits);
        return root is YamlMappingNode map && Child(map, "schedules") is YamlSequenceNode
            ? new CsesReader(name).Read(map)
            : throw new FileRefusedException($"不是 CSES 课表：没有 schedules not a {Words.ToUpperInvariant()} timetable: it has no schedules");
    }

    private ImportedTimetable Read(YamlMappingNode root)
    {
        int version = int.TryParse(Text(root, "version"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
        foreach (YamlMappingNode subject in Children(root, "subjects"))
        {
            if (Text(subject, "name") is { Length: > 0 } name)
            {
                _subjects[name] = (Text(subject, "teacher"), Text(subject, "location") ?? Text(subject, "room"));
            }
        }

        var configuration = Child(root, "configuration") as YamlMappingNode;
        string title = (configuration is null ? null : Text(configuration, "name")) ?? string.Empty;
        string file = Path.GetFileNameWithoutExtension(_sheet);
        string className = Places.FindClass(title) ?? Places.FindClass(file) ?? (title.Length > 0 ? title : file);
        var cycle = CsesCycle.Read(configuration is null ? null : Child(configuration, "cycle") as YamlMappingNode, version);
        var entries = new List<Entry>();
        foreach (YamlMappingNode schedule in Children(root, "schedules"))
        {
            ReadSchedule(schedule, cycle, entries);
        }

        AddAll(className, entries);
        return _into.Build();
    }

    private void ReadSchedule(YamlMappingNode schedule, CsesCycle cycle, List<Entry> entries)
    {
        string weeks = Text(schedule, "weeks") ?? "all";
        if (WeekMarks.ParseRotation(weeks) is not { } rotation)
        {
            Tell(schedule, $"weeks “{weeks}” 应为 must be all, odd, even");
            return;
        }

        var days = new List<(int Weekday, Rotation Rotation)>();
        YamlNode? enabled = Child(schedule, "enable_day");
        foreach (YamlNode day in enabled is YamlSequenceNode several ? several.Children : enabled is null ? [] : [enabled])
        {
            string text = (day as YamlScalarNode)?.Value ?? string.Empty;
            if (cycle.Find(text) is not { } found)
            {
                Tell(day, $"enable_day “{text}” 不在周期里 is not a day of the cycle");
                continue;
            }

            days.Add((found.Weekday, rotation == Rotation.Every ? found.Rotation : rotation));
        }

        foreach (YamlMappingNode lesson in Children(schedule, "classes"))
        {
            string subject = Text(lesson, "subject") ?? string.Empty;
            if (!TryTime(Text(lesson, "start_time"), out TimeOnly start) || !TryTime(Text(lesson, "end_time"), out TimeOnly end)
                || end <= start)
            {
                Tell(lesson, $"“{subject}” 的时间有误 wrong times: {Text(lesson, "start_time")} – {Text(lesson, "end_time")}");
            }
            else if (subject.Length == 0)
            {
                Tell(lesson, "课程 subject 为空 is empty");
            }
            else if (!PeriodLabel.IsNoLesson(subject))
            {
                entries.AddRange(days.Select(day => new Entry(day.Weekday, day.Rotation, subject, start, end, lesson.Start.Line)));
            }
        }
    }

    private void AddAll(string className, List<Entry> entries)
    {
        (TimeOnly Start, TimeOnly End)[] times = [.. entries.Select(entry => (entry.Start, entry.End)).Distinct().Order()];
        // Where all days keep the same times these number the periods, so that free ones count; else their order in the day does.
        bool same = times.Zip(times.Skip(1)).All(pair => pair.Second.Start >= pair.First.End);
        if (same)
        {
            foreach ((int index, (TimeOnly start, TimeOnly end)) in times.Take(ImportedLesson.MostPeriods).Index())
            {
                _into.Add(new ImportedPeriod(index + 1, start, end));
            }
        }

        foreach (IGrouping<(int, Rotation), Entry> day in entries.GroupBy(entry => (entry.Weekday, entry.Rotation)))
        {
            TimeOnly[] starts = same ? [.. times.Select(time => time.Start)] : [.. day.Select(entry => entry.Start).Distinct().Order()];
            foreach (Entry entry in day)
            {
                int period = Array.IndexOf(starts, entry.Start) + 1;
                bool always = entry.Rotation.Length > 1 && Enumerable.Range(1, entry.Rotation.Length).All(week => entries.Exists(other =>
                    other.Weekday == entry.Weekday && other.Start == entry.Start && other.Subject == entry.Subject
                    && other.Rotation == entry.Rotation with { Week = week }));
                if (always && entry.Rotation.Week > 1)
                {
                    continue;
                }

                if (period > ImportedLesson.MostPeriods)
                {
                    _into.Fault(new FileSource(_sheet, $"line {entry.Line}"), $"节次太多，最多 {ImportedLesson.MostPeriods} too many periods in a day");
                    continue;
                }

                (string? teacher, string? room) = _subjects.GetValueOrDefault(entry.Subject);
                _into.Add(new ImportedLesson(Files.Words.Name(className), entry.Weekday, period, Files.Words.Name(entry.Subject),
                    new FileSource(_sheet, $"line {entry.Line}"))
                {
                    Teacher = teacher is { Length: > 0 } ? Files.Words.Name(teacher) : null,
                    Room = room is { Length: > 0 } ? Files.Words.Name(room) : null,
                    Rotation = always ? Rotation.Every : entry.Rotation,
                });
            }
        }
    }

    private void Tell(YamlNode node, string reason) => _into.Fault(new FileSource(_sheet, $"line {node.Start.Line}"), reason);

    private static bool TryTime(string? text, out TimeOnly time) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out time);

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    private static IEnumerable<YamlMappingNode> Children(YamlMappingNode node, string key) =>
        Child(node, key) is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>() : [];

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
