using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>Reads weekdays as schools write them.</summary>
internal static partial class Weekdays
{
    private const string Hanzi = "一二三四五六日";

    private static readonly string[] English = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Reads a weekday that is called one: 星期一, 周1, 礼拜天, Mon, Tuesday, also with a date beside it.</summary>
    /// <returns>1 (Monday) to 7, or null.</returns>
    public static int? Find(string text)
    {
        string key = Words.Key(text);
        if (Named().Match(key) is { Success: true } match)
        {
            return Day(match.Groups["day"].ValueSpan[0]);
        }

        int english = Array.FindIndex(English, day => key.StartsWith(day, StringComparison.Ordinal));
        return english >= 0 && EnglishName().IsMatch(key) ? english + 1 : null;
    }

    /// <summary>Reads a weekday where nothing else can stand: also 一, 1, 日.</summary>
    public static int? Parse(string text)
    {
        string key = Words.Key(text);
        return Find(text) ?? (key.Length == 1 ? Day(key[0]) : null);
    }

    /// <summary>Reads a weekday and what stands behind it, such as 周一第3节.</summary>
    /// <returns>The day and the rest; null: it does not begin with a weekday that is called one.</returns>
    public static (int Day, string Behind)? Split(string text)
    {
        string key = Words.Key(text);
        return Beginning().Match(key) is { Success: true } match
            ? (Day(match.Groups["day"].ValueSpan[0])!.Value, key[match.Length..].TrimStart('-', '_', '/', '.', ',', '、', '('))
            : null;
    }

    private static int? Day(char character) => character switch
    {
        '天' or '7' => 7,
        >= '1' and <= '6' => character - '0',
        _ => Hanzi.IndexOf(character, StringComparison.Ordinal) is >= 0 and var index ? index + 1 : null,
    };

    // A date, brackets and the like may stand around it; letters may not, as in 单周一次.
    [GeneratedRegex(@"^[\da-z年月日号./\-()\[\]第周次]*?(星期|周|礼拜)(?<day>[一二三四五六日天1-7])[\da-z年月日号./\-()\[\]]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(mon(day)?|tue(s|sday)?|wed(nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?)\.?[\d./\-()]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishName();

    [GeneratedRegex(@"^(星期|周|礼拜)(?<day>[一二三四五六日天1-7])", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
