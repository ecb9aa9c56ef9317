using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;

namespace Xunke.Web.Lessons;

/// <summary>A figure over the same teacher's earlier lessons of the subject.</summary>
/// <param name="N">Lessons that gave a number.</param>
/// <param name="Median">Null: fewer than three.</param>
/// <param name="Least">The smallest; null: fewer than three.</param>
/// <param name="Most">The largest; null: fewer than three.</param>
internal sealed record OwnRange(int N, double? Median, double? Least, double? Most);

/// <summary>A figure over the subject group's lessons, from which nobody can be told.</summary>
/// <param name="N">Lessons of other teachers that gave a number.</param>
/// <param name="Teachers">How many gave them.</param>
/// <param name="Lower">A quarter of the lessons is below; null: too few.</param>
/// <param name="Upper">A quarter of the lessons is above; null: too few.</param>
internal sealed record GroupRange(int N, int Teachers, double? Lower, double? Upper);

/// <summary>A figure of a lesson beside those of others.</summary>
internal sealed record ComparedFigure(string Figure, double? Value, OwnRange Own, GroupRange Group);

/// <summary>
/// A lesson beside its teacher's earlier lessons of the same subject and kind, and beside the middle half of what other teachers of the
/// subject gave in the same months. Never a ranking: nobody and no lesson of others can be told from it.
/// </summary>
/// <param name="Formula">How it is counted.</param>
/// <param name="Figures">In the order of the lesson's page.</param>
internal sealed record LessonComparison(string Formula, ImmutableArray<ComparedFigure> Figures)
{
    /// <summary>The formula's name and version (docs/analyse.md).</summary>
    public const string Version = "comparison/2";

    /// <summary>Fewer own lessons say nothing.</summary>
    public const int FewestOwn = 3;

    /// <summary>Fewer lessons of a group, or of fewer teachers, could be told apart.</summary>
    public const int FewestOfGroup = 10;

    /// <summary>See <see cref="FewestOfGroup"/>.</summary>
    public const int FewestTeachers = 3;

    private const int MostOwn = 20;
    private const int MostOfGroup = 200;
    private static readonly TimeSpan Group = TimeSpan.FromDays(120);

    /// <summary>The figures that lessons are compared by: where they are in a snapshot.</summary>
    private static readonly ImmutableArray<string> Places =
    [
        "lesson.participation", "lesson.headUpRate", "lesson.response", "lesson.speech.teacherTalk", "lesson.speech.pupilTalk",
        "lesson.speech.waitSeconds", "st.rt", "st.ch",
    ];

    /// <summary>The figures of a snapshot as they are kept beside it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static string FiguresOf(byte[] frozen) => JsonSerializer.Serialize(
        FrozenSnapshot.FiguresOf(frozen, Places).Where(figure => figure.Value is not null)
            .ToDictionary(figure => figure.Place, figure => figure.Value!.Value));

    /// <summary>Compares.</summary>
    public static async Task<LessonComparison> MakeAsync(
        KnownLesson lesson, RecordsContext records, CancellationToken cancellationToken)
    {
        (string? subject, string? kind, string? teacher, DateTimeOffset before) =
            (lesson.SubjectId, lesson.Kind, lesson.TeacherId, lesson.From);
        DateTimeOffset since = before - Group;
        IQueryable<Lesson> others = records.Lessons.AsNoTracking().Where(one => one.Figures != null && one.SubjectId == subject);
        List<string> own = await others.Where(one => one.TeacherId == teacher && one.Kind == kind && one.From < before)
            .OrderByDescending(one => one.From).Take(MostOwn)
            .Select(one => one.Figures!).ToListAsync(cancellationToken);
        var group = await others
            .Where(one => one.SchoolId == lesson.SchoolId && one.TeacherId != null && one.TeacherId != teacher)
            .Where(one => one.From >= since && one.From < before)
            .OrderByDescending(one => one.From).Take(MostOfGroup)
            .Select(one => new { one.TeacherId, one.Figures }).ToListAsync(cancellationToken);
        string? figures = await records.Lessons.Where(one => one.Id == lesson.Id).Select(one => one.Figures)
            .SingleAsync(cancellationToken);

        Dictionary<string, double> mine = Read(figures);
        Dictionary<string, double>[] earlier = subject is null ? [] : [.. own.Select(Read)];
        (string Teacher, Dictionary<string, double> Figures)[] of = subject is null ? [] :
            [.. group.Select(one => (one.TeacherId!, Read(one.Figures)))];
        return new LessonComparison(Version, [.. Places.Select(place => new ComparedFigure(
            place, mine.TryGetValue(place, out double value) ? value : null, OwnOf(place, earlier), GroupOf(place, of)))]);
    }

    private static OwnRange OwnOf(string place, Dictionary<string, double>[] lessons)
    {
        double[] values = [.. lessons.Where(one => one.ContainsKey(place)).Select(one => one[place]).Order()];
        return values.Length < FewestOwn
            ? new OwnRange(values.Length, null, null, null)
            : new OwnRange(values.Length, Quantile(values, 0.5), values[0], values[^1]);
    }

    private static GroupRange GroupOf(string place, (string Teacher, Dictionary<string, double> Figures)[] lessons)
    {
        (string Teacher, Dictionary<string, double> Figures)[] known = [.. lessons.Where(one => one.Figures.ContainsKey(place))];
        double[] values = [.. known.Select(one => one.Figures[place]).Order()];
        int teachers = known.Select(one => one.Teacher).Distinct().Count();
        return values.Length < FewestOfGroup || teachers < FewestTeachers
            ? new GroupRange(values.Length, teachers, null, null)
            : new GroupRange(values.Length, teachers, Quantile(values, 0.25), Quantile(values, 0.75));
    }

    /// <summary>Between the two values next to it (R's type 7, as spreadsheets do).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((above - sorted[below]) * (place - below));
    }

    private static Dictionary<string, double> Read(string? figures) =>
        figures is null ? [] : JsonSerializer.Deserialize<Dictionary<string, double>>(figures) ?? [];
}
