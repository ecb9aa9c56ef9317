using System.Globalization;
using System.Text.RegularExpressions;

namespace Xunke.Actors.Rectifications;

/// <summary>
/// The district's pattern for numbers of notices: text with {yyyy} or {yy}, {school}, and {n}, which counts; {n:000} has three digits at
/// least. It counts from 1 for each text that the rest makes, so by year where the year is in it.
/// </summary>
public sealed partial class NoticeNumber
{
    /// <summary>The most characters of a number.</summary>
    public const int Longest = 80;

    private readonly string _pattern;

    private NoticeNumber(string pattern) => _pattern = pattern;

    /// <summary>Reads a pattern.</summary>
    /// <returns>Null: it has no {n} or two, another word in braces, or is too long.</returns>
    public static NoticeNumber? TryRead(string? pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern) || pattern.Length > Longest / 2 || pattern.Any(char.IsControl))
        {
            return null;
        }

        var rest = Words().Replace(pattern, string.Empty);
        return rest.Contains('{', StringComparison.Ordinal) || rest.Contains('}', StringComparison.Ordinal)
            || rest.Contains('#', StringComparison.Ordinal) || Counts().Count(pattern) != 1
            ? null : new NoticeNumber(pattern);
    }

    /// <summary>What is counted by itself: the number with # where it counts.</summary>
    public string Key(DateOnly date, string schoolId) => Fill(date, schoolId, "#");

    /// <summary>The number.</summary>
    public string Make(DateOnly date, string schoolId, int count)
    {
        var digits = Counts().Match(_pattern).Groups["digits"].Value;
        return Fill(date, schoolId, count.ToString(digits.Length > 0 ? digits : "0", CultureInfo.InvariantCulture));
    }

    private string Fill(DateOnly date, string schoolId, string count) => Words().Replace(_pattern, word => word.Value switch
    {
        "{yyyy}" => date.Year.ToString("0000", CultureInfo.InvariantCulture),
        "{yy}" => (date.Year % 100).ToString("00", CultureInfo.InvariantCulture),
        "{school}" => schoolId,
        _ => count,
    });

    [GeneratedRegex(@"\{(yyyy|yy|school|n(:0{1,9})?)\}")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{n(:(?<digits>0{1,9}))?\}")]
    private static partial Regex Counts();
}
