using System.Globalization;
using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>A period as a file names it.</summary>
/// <param name="Part">The part of the day.</param>
/// <param name="First">Its number; 0: it has none, only times.</param>
/// <param name="Last">The last number, of a double period such as 1-2节.</param>
/// <param name="Start">When it begins; null: not said.</param>
/// <param name="End">When it ends; null: not said.</param>
internal readonly partial record struct PeriodLabel(DayPart Part, int First, int Last, TimeOnly? Start, TimeOnly? End)
{
    private static readonly string[] NoLessons =
    [
        "早读", "晨读", "晨诵", "晨检", "午自习", "午唱", "午诵", "早自习", "晨会", "早操", "课间", "眼保健操", "眼操", "午休", "午餐", "午饭", "午睡", "中午", "午读", "午间", "午练", "午写",
        "晚餐", "晚饭", "晚休", "晚自习", "晚修", "晚读", "升旗", "放学", "到校", "入校", "预备", "课后服务", "课后延时", "延时服务", "托管", "就餐", "用餐", "休息",
        "break", "lunch", "recess", "assembly", "备注", "说明", "注:", "班主任", "制表",
    ];

    /// <summary>Whether the label is of a time without lessons, such as 早读 or 午休.</summary>
    public static bool IsNoLesson(string text)
    {
        string key = Words.Key(text);
        return NoLessons.Any(word => key.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Reads a label: 第1节, 一, 上午第2节, 下午1, 第3-4节, P5, with or without times, or times alone.</summary>
    public static PeriodLabel? Parse(string text)
    {
        string key = Words.Key(text);
        if (key.Length is 0 or > 40)
        {
            return null;
        }

        TimeOnly? start = null, end = null;
        if (Times().Match(key) is { Success: true } times)
        {
            start = Time(times.Groups["h1"], times.Groups["m1"]);
            end = Time(times.Groups["h2"], times.Groups["m2"]);
            if (start is null || end is null || end <= start)
            {
                return null;
            }

            key = key.Remove(times.Index, times.Length).Trim('(', ')', '[', ']', ',', ';', ':', '/', '-');
        }

        DayPart part = PartOf(ref key);
        if (key.Length == 0)
        {
            return start is null ? null : new PeriodLabel(part, 0, 0, start, end);
        }

        Match match = Number().Match(key);
        return match.Success && Words.TryNumber(match.Groups["first"].Value, out int first)
            && Words.TryNumber(match.Groups["last"] is { Success: true } group ? group.Value : match.Groups["first"].Value, out int last)
            && first is >= 1 and <= ImportedLesson.MostPeriods && last >= first && last <= ImportedLesson.MostPeriods
            ? new PeriodLabel(part, first, last, start, end) : null;
    }

    /// <summary>The part of the day that a header alone may name, such as 上午.</summary>
    public static DayPart PartOf(string text)
    {
        string key = Words.Key(text);
        DayPart part = PartOf(ref key);
        return key.Length == 0 ? part : DayPart.Any;
    }

    private static DayPart PartOf(ref string key)
    {
        foreach ((string word, DayPart part) in (ReadOnlySpan<(string, DayPart)>)
            [("上午", DayPart.Morning), ("下午", DayPart.Afternoon), ("晚上", DayPart.Evening), ("晚间", DayPart.Evening),
             ("am", DayPart.Morning), ("pm", DayPart.Afternoon), ("morning", DayPart.Morning), ("afternoon", DayPart.Afternoon)])
        {
            if (key.StartsWith(word, StringComparison.Ordinal) || key.EndsWith(word, StringComparison.Ordinal))
            {
                key = key.Replace(word, string.Empty, StringComparison.Ordinal).Trim('(', ')', '-', '/', ':');
                return part;
            }
        }

        return DayPart.Any;
    }

    private static TimeOnly? Time(Group hour, Group minute) =>
        int.Parse(hour.ValueSpan, CultureInfo.InvariantCulture) is >= 0 and < 24 and var h
            && int.Parse(minute.ValueSpan, CultureInfo.InvariantCulture) is >= 0 and < 60 and var m ? new TimeOnly(h, m) : null;

    [GeneratedRegex(@"\(?(?<h1>\d{1,2}):(?<m1>\d{2})(:00)?(-+|~|—+|–|至|到|～)(?<h2>\d{1,2}):(?<m2>\d{2})(:00)?\)?", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(
        @"^(第|p|period|lesson|节次)?(?<first>\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])([-~—、,至到&](第)?(?<last>\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳]))?(节课|节|课时|课|st|nd|rd|th)?((period|lesson|class)\d{0,2})?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
