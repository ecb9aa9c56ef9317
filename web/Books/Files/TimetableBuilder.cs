namespace Xunke.Web.Books.Files;

/// <summary>Collects what readers of timetables find.</summary>
internal sealed class TimetableBuilder
{
    private const int MostFaults = 1000;

    private readonly List<ImportedLesson> _lessons = [];
    private readonly SortedDictionary<int, ImportedPeriod> _periods = [];
    private readonly List<FileFault> _faults = [];
    private readonly Dictionary<(string?, string, int, int, string, string?, int?), List<ImportedLesson>> _seen = [];
    private int _skipped;

    private readonly LessonNames _names = new();

    /// <summary>Notes a lesson; the same lesson a second time, or a name that cannot be kept, is a fault.</summary>
    /// <returns>Whether it was noted.</returns>
    public bool Add(ImportedLesson lesson)
    {
        if (_names.Fault(lesson) is { } fault)
        {
            Fault(lesson.Source, fault);
            return false;
        }

        (string?, string, int, int, string, string?, int?) key =
            (lesson.School, lesson.ClassName, lesson.Weekday, lesson.Period, lesson.Subject, lesson.Teacher, lesson.Term);
        if (!_seen.TryGetValue(key, out List<ImportedLesson>? same))
        {
            _seen[key] = same = [];
        }

        if (same.Find(other => Meet(other, lesson)) is { } first)
        {
            string place = first.Source.Sheet == lesson.Source.Sheet ? first.Source.Cell : $"{first.Source.Sheet}!{first.Source.Cell}";
            Fault(lesson.Source, $"与 {place} 重复 the same lesson as in {place}");
            return false;
        }

        same.Add(lesson);
        _lessons.Add(lesson);
        return true;
    }

    /// <summary>Notes a period's times; the first ones count.</summary>
    public void Add(ImportedPeriod period) => _periods.TryAdd(period.Number, period);

    /// <summary>Notes that an entry of no class is left out.</summary>
    public void Skip() => _skipped++;

    /// <summary>Notes what is wrong.</summary>
    public void Fault(FileSource source, string reason)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new FileFault(source.Sheet, source.Cell, reason));
        }
        else if (_faults.Count == MostFaults)
        {
            _faults.Add(new FileFault(source.Sheet, string.Empty, "错误太多，其余从略 too many faults: the rest is left out"));
        }
    }

    /// <summary>All of it.</summary>
    public ImportedTimetable Build() => new(_lessons, [.. _periods.Values], _faults, _skipped);

    private static bool Meet(ImportedLesson one, ImportedLesson other) =>
        (one.Rotation.Length != other.Rotation.Length || one.Rotation == other.Rotation)
        && (one.FirstWeek ?? 1) <= (other.LastWeek ?? int.MaxValue) && (other.FirstWeek ?? 1) <= (one.LastWeek ?? int.MaxValue);
}
