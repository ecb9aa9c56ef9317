using System.Globalization;
using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>Weeks in which a lesson is held.</summary>
/// <param name="First">The first week of the term; null: the first.</param>
/// <param name="Last">The last week of the term; null: the last.</param>
/// <param name="Rotation">In which weeks of a cycle.</param>
internal readonly record struct Weeks(int? First, int? Last, Rotation Rotation)
{
    /// <summary>Every week of the term.</summary>
    public static Weeks All { get; } = new(null, null, Rotation.Every);
}

/// <summary>Reads marks such as 单周, 1-16周, 第3周, 1-8,10-16周(双).</summary>
internal static partial class WeekMarks
{
    /// <summary>Reads a mark that stands alone.</summary>
    /// <param name="text">The mark.</param>
    /// <param name="numbersAreWeeks">Whether such as "1-16" without the word 周 are weeks, as in a column of weeks.</param>
    /// <returns>One for every range of weeks; null: it is no such mark.</returns>
    public static IReadOnlyList<Weeks>? Parse(string text, bool numbersAreWeeks = false)
    {
        string key = Words.Key(text).Trim('(', ')', '[', ']', '{', '}', '【', '】', ':');
        if (ParseRotation(key) is { } alone)
        {
            return [new Weeks(null, null, alone)];
        }

        Match match = Ranges().Match(key);
        if (!match.Success || (!numbersAreWeeks && !key.Contains('周', StringComparison.Ordinal)
            && !key.Contains("week", StringComparison.Ordinal)))
        {
            return null;
        }

        Rotation rotation = ParseRotation(match.Groups["rotation"].Value) ?? Rotation.Every;
        var weeks = new List<Weeks>();
        foreach (string range in match.Groups["ranges"].Value.Split([',', '、', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Replace("第", string.Empty, StringComparison.Ordinal).Split(['-', '~', '—', '至', '到']);
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture), last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            if (first < 1 || last < first || last > ImportedLesson.MostWeeks)
            {
                return null;
            }

            weeks.Add(new Weeks(first, last, rotation));
        }

        return Join(weeks);
    }

    /// <summary>Reads 单周, 双, odd, 每周, 全周, 3周循环第2周 (as 2/3) and the 0, 1, 2 of lists.</summary>
    /// <param name="text">The word.</param>
    /// <param name="digits">Whether 0, 1 and 2 stand for every, odd and even weeks.</param>
    public static Rotation? ParseRotation(string text, bool digits = false)
    {
        string key = Words.Key(text).Trim('(', ')', '[', ']', '{', '}', '【', '】', ':', '*', '-');
        Match cycle = Cycle().Match(key);
        return key switch
        {
            "单周" or "单" or "单数周" or "奇数周" or "奇" or "奇周" or "odd" or "oddweek" or "oddweeks" or "a周" => Rotation.Odd,
            "双周" or "双" or "双数周" or "偶数周" or "偶" or "偶周" or "even" or "evenweek" or "evenweeks" or "b周" => Rotation.Even,
            "每周" or "全周" or "单双周" or "全部" or "全" or "all" or "every" or "每" or "everyweek" => Rotation.Every,
            "0" or "" when digits => Rotation.Every,
            "1" when digits => Rotation.Odd,
            "2" when digits => Rotation.Even,
            _ when cycle.Success => Of(Digits(cycle.Groups["length"]), Digits(cycle.Groups["week"])),
            _ => null,
        };

        static Rotation? Of(int length, int week) =>
            length is >= 1 and <= Rotation.Longest && week >= 1 && week <= length ? new Rotation(length, week) : null;
        static int Digits(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    // 1,3,5,7周 is what some write for odd weeks.
    private static List<Weeks> Join(List<Weeks> weeks)
    {
        bool single = weeks.Count > 2 && weeks.All(week => week.First == week.Last && week.Rotation == Rotation.Every);
        return single && weeks.Zip(weeks.Skip(1)).All(pair => pair.Second.First - pair.First.First == 2)
            ? [new Weeks(weeks[0].First, weeks[^1].Last, weeks[0].First % 2 == 1 ? Rotation.Odd : Rotation.Even)]
            : single && weeks.Zip(weeks.Skip(1)).All(pair => pair.Second.First - pair.First.First == 1)
                ? [new Weeks(weeks[0].First, weeks[^1].Last, Rotation.Every)]
                : weeks;
    }

    [GeneratedRegex(
        @"^(?<ranges>第?\d{1,2}([-~—至到]第?\d{1,2})?([,、;]第?\d{1,2}([-~—至到]\d{1,2})?)*)(周|weeks?)?[(\[|,:]?(?<rotation>[单双奇偶]周?|odd|even)?[)\]]?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ranges();

    [GeneratedRegex(@"^(?<week>\d)/(?<length>\d)$|^(?<length>\d)周循环第?(?<week>\d)周?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cycle();
}
