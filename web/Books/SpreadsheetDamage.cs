using System.Text.RegularExpressions;

namespace Xunke.Web.Books;

/// <summary>What a spreadsheet made of a name or an identifier that it took for a number, a date or a formula.</summary>
internal static partial class SpreadsheetDamage
{
    /// <summary>What a text looks like; null: like a text.</summary>
    public static string? Find(string text) =>
        Date().IsMatch(text) ? "像是被表格软件改成的日期 looks like a date made by a spreadsheet"
        : Number().IsMatch(text) ? "像是被表格软件改成的数字 looks like a number made by a spreadsheet"
        : Error().IsMatch(text) ? "是表格软件的错误值 is an error value of a spreadsheet"
        : text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'
            ? "不能以 = + - @ 开头，表格软件会当成公式 must not start with = + - @, which a spreadsheet takes for a formula"
        : null;

    // What "1-3" becomes: "1月3日", "3-Jan", "Jan-03", "2026/1/3".
    [GeneratedRegex(
        @"^(\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月(\d{1,2}日)?|\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-\d{2,4})?|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{1,4}|\d{4}[/-]\d{1,2}[/-]\d{1,2}( \d{1,2}:\d{2}(:\d{2})?)?|\d{1,2}/\d{1,2}/\d{2,4})\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"^\d+(\.\d+)?E[+-]?\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{2,})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
