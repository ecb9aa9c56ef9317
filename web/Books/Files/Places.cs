using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>Tells names of classes and of rooms.</summary>
internal static partial class Places
{
    /// <summary>Whether a text is the name of a class, such as 三(2)班, 三年级2班, 高一3班, 七1班 or 701班.</summary>
    public static bool IsClass(string text)
    {
        string key = Words.Key(text);
        return Class().Match(key) is { Success: true } match && match.Length == key.Length;
    }

    /// <summary>Whether a text is the name of a class in a grade that stands elsewhere, such as 2班 or (2)班.</summary>
    public static bool IsClassOfGrade(string text) => ClassOfGrade().IsMatch(Words.Key(text));

    /// <summary>The name of a class within a title, such as 湖滨小学三年级2班课程表; null: there is none.</summary>
    public static string? FindClass(string text) => Class().Match(Words.Key(text)) is { Success: true } match ? match.Value : null;

    /// <summary>The name of a grade within a title, such as 三年级 or 高一; null: there is none.</summary>
    public static string? FindGrade(string text) => Grade().Match(Words.Key(text)) is { Success: true } match ? match.Value : null;

    /// <summary>Whether a text is surely the name of a room.</summary>
    public static bool IsRoom(string text) => Room().IsMatch(Words.Key(text));

    /// <summary>Whether a text may be the name of a room, such as 301 or B203.</summary>
    public static bool MayBeRoom(string text) => IsRoom(text) || RoomNumber().IsMatch(Words.Key(text));

    // Of a grade, in brackets or not, with or without the word; a plain pair of numbers is no class.
    [GeneratedRegex(
        @"([一二三四五六七八九1-9]年级?\(?([1-9]\d?|[一二三四五六七八九十]{1,3})\)?班"
        + @"|[小初高][一二三四五六]年?级?\(?([1-9]\d?|[一二三四五六七八九十]{1,3})\)?班?"
        + @"|[一二三四五六七八九1-9]\(([1-9]\d?|[一二三四五六七八九十]{1,3})\)班?"
        + @"|[一二三四五六七八九][.·]?([1-9]\d?|[一二三四五六七八九十]{1,3})班|[1-9]\.[1-9]\d?班"
        + @"|20\d\d级?\(?[1-9]\d?\)?班|(?<!\d)[1-9]\d{2,3}班|(?<![\da-z])[1-9]\d?[a-h]班|[大中小][一二三四五六1-6]班"
        + @"|class\d+[-.]\d+|grade\d+class\d+|g\d+c\d+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Class();

    [GeneratedRegex(@"^\(?([1-9]\d?|[一二三四五六七八九十]{1,3})\)?班\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClassOfGrade();

    [GeneratedRegex(@"[一二三四五六七八九1-9]年级|初[一二三四]|高[一二三]", RegexOptions.CultureInvariant)]
    private static partial Regex Grade();

    [GeneratedRegex(@"(教室|室|馆|场|楼|机房|操场|礼堂|报告厅|厅|阶梯|录播|功能房|园地|基地|球场|跑道|gym|lab|room)[a-z0-9一二三四五六七八九十]*(\(\w+\))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Room();

    [GeneratedRegex(@"^([a-z]-?\d{2,4}|\d{3,4}|\d{1,2}[-#]\d{3,4}|\d[a-z]\d{2,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoomNumber();
}
