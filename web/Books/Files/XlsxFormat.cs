using System.Globalization;

namespace Xunke.Web.Books.Files;

/// <summary>How a number is meant: as a number, a date, a time of day or a weekday.</summary>
internal sealed record XlsxFormat
{
    private const int DaysTo1904 = 1462;
    private const double LastDay = 2_958_466;

    private bool _date;
    private bool _time;
    private bool _weekday;
    private int _digits;

    /// <summary>A number without any format.</summary>
    public static XlsxFormat Plain { get; } = new();

    /// <summary>The meaning of a format.</summary>
    /// <param name="id">Its number: below 164 every spreadsheet knows what it is.</param>
    /// <param name="code">Its code, such as <c>yyyy/m/d</c>; null: it goes by its number.</param>
    public static XlsxFormat Of(uint id, string? code) =>
        code is not null ? OfCode(code)
        : id is (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 ? new XlsxFormat { _date = true }
        : id is (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) or 55 or 56 ? new XlsxFormat { _time = true }
        : id == 22 ? new XlsxFormat { _date = true, _time = true }
        : Plain;

    /// <summary>A number as text.</summary>
    /// <param name="number">The number.</param>
    /// <param name="from1904">Whether days are counted from 1904.</param>
    public string Text(double number, bool from1904)
    {
        double days = from1904 ? number + DaysTo1904 : number;
        if ((_date || _time || _weekday) && number >= 0 && days < LastDay)
        {
            // Times are kept as fractions of a day, which are off by a little.
            DateTime at = DateTime.FromOADate(0).AddSeconds(Math.Round((days < 61 && days >= 1 ? days + 1 : days) * 86_400));
            bool dated = days >= 1 && (_date || !_time);
            string time = at.ToString(at.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
            return _weekday && !_time && dated ? $"星期{"日一二三四五六"[(int)at.DayOfWeek]}"
                : dated && at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : dated && _time ? at.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) + time
                : dated ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : time;
        }

        // 15 digits are what a spreadsheet keeps; more of them are noise of the binary number.
        string text = Math.Abs(number) < 1e15 && number == Math.Truncate(number)
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("G15", CultureInfo.InvariantCulture);
        return _digits > 0 && number >= 0 && !text.Contains('.', StringComparison.Ordinal) ? text.PadLeft(_digits, '0') : text;
    }

    private static XlsxFormat OfCode(string code)
    {
        // Only the first section counts: the others are for negative numbers and text. Words in quotes and brackets say nothing.
        string signs = string.Empty;
        bool weekday = false, elapsed = false;
        for (int i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = End(code, i, '"');
                    break;
                case '[':
                    int end = End(code, i, ']');
                    elapsed |= end - i is 2 or 3 && code[i + 1] is 'h' or 'H' or 'm' or 's';
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                default:
                    signs += char.ToLowerInvariant(code[i]);
                    break;
            }
        }

        if (signs.Contains("general", StringComparison.Ordinal) || signs.Contains("g/通用", StringComparison.Ordinal))
        {
            return Plain;
        }

        weekday = signs.Contains("aaa", StringComparison.Ordinal) || signs.Contains("ddd", StringComparison.Ordinal);
        string date = signs.Replace("aaaa", string.Empty, StringComparison.Ordinal).Replace("aaa", string.Empty, StringComparison.Ordinal)
            .Replace("dddd", string.Empty, StringComparison.Ordinal).Replace("ddd", string.Empty, StringComparison.Ordinal);
        bool time = elapsed || date.Contains('h', StringComparison.Ordinal) || date.Contains('s', StringComparison.Ordinal);
        bool day = date.Contains('y', StringComparison.Ordinal) || date.Contains('d', StringComparison.Ordinal)
            || (date.Contains('m', StringComparison.Ordinal) && !time);
        return day || time || weekday
            ? new XlsxFormat { _date = day, _time = time, _weekday = weekday && !day }
            : new XlsxFormat { _digits = signs.Length > 1 && signs.All(sign => sign == '0') ? signs.Length : 0 };
    }

    private static int End(string code, int from, char closing)
    {
        int end = code.IndexOf(closing, from + 1);
        return end < 0 ? code.Length - 1 : end;
    }
}
