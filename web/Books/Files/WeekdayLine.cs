namespace Xunke.Web.Books.Files;

/// <summary>A row or column of a sheet that names the weekdays.</summary>
/// <param name="Place">Which row or column, from 0.</param>
/// <param name="Days">The cells with weekdays: where, and which day.</param>
/// <param name="Combined">Whether the cells name periods too, such as 周一第1节.</param>
/// <param name="Before">The first column or row that belongs to it, with headers of its own.</param>
/// <param name="End">The last column or row of the sheet that may belong to it.</param>
internal sealed record WeekdayLine(int Place, IReadOnlyList<(int At, int Day)> Days, bool Combined, int Before, int End)
{
    private const int FewestDays = 3;

    /// <summary>The first cell with a weekday.</summary>
    public int First => Days[0].At;

    /// <summary>The last cell that may belong to a weekday.</summary>
    public int Last => End;

    /// <summary>The rows that name weekdays.</summary>
    public static IEnumerable<WeekdayLine> Rows(Sheet sheet)
    {
        bool named = Enumerable.Range(0, sheet.Rows).Any(row => Find(sheet.Columns, at => sheet[row, at], bare: false) is not null);
        for (int row = 0; row < sheet.Rows; row++)
        {
            if (Find(sheet.Columns, at => sheet[row, at], bare: !named) is { } days)
            {
                yield return new WeekdayLine(row, days.Cells, days.Combined, 0, sheet.Columns - 1);
            }
        }
    }

    /// <summary>The first column that names weekdays.</summary>
    public static WeekdayLine? Columns(Sheet sheet)
    {
        foreach (bool bare in (ReadOnlySpan<bool>)[false, true])
        {
            for (int column = 0; column < sheet.Columns; column++)
            {
                if (Find(sheet.Rows, at => sheet[at, column], bare) is { } days)
                {
                    return new WeekdayLine(column, days.Cells, days.Combined, 0, sheet.Rows - 1);
                }
            }
        }

        return null;
    }

    /// <summary>The tables that stand side by side, where the weekdays begin anew.</summary>
    public IEnumerable<WeekdayLine> Sides()
    {
        var starts = new List<int> { 0 };
        for (int i = 1; i < Days.Count; i++)
        {
            if (Days[i].Day < Days[i - 1].Day)
            {
                starts.Add(i);
            }
        }

        int before = Before;
        for (int i = 0; i < starts.Count; i++)
        {
            (int At, int Day)[] days = [.. Days.Skip(starts[i]).Take((i + 1 < starts.Count ? starts[i + 1] : Days.Count) - starts[i])];
            int end = End;
            if (i + 1 < starts.Count)
            {
                // A day is as wide as the days before it.
                int width = days.Length > 1 ? days[1].At - days[0].At : 1;
                end = Math.Min(days[^1].At + width - 1, Days[starts[i + 1]].At - 1);
            }

            yield return this with { Days = days, Before = Math.Min(before, days[0].At), End = end };
            before = end + 1;
        }
    }

    private static (List<(int At, int Day)> Cells, bool Combined)? Find(int length, Func<int, string> text, bool bare)
    {
        var cells = new List<(int At, int Day)>();
        bool combined = false;
        for (int at = 0; at < length; at++)
        {
            string word = text(at);
            if (word.Length is 0 or > 30)
            {
                continue;
            }

            if (Weekdays.Find(word) is { } day)
            {
                cells.Add((at, day));
            }
            else if (Weekdays.Split(word) is { } both && PeriodLabel.Parse(both.Behind) is not null)
            {
                combined = true;
                cells.Add((at, both.Day));
            }
        }

        if (cells.Select(cell => cell.Day).Distinct().Count() >= FewestDays)
        {
            return (cells, combined);
        }

        // 一 二 三 四 五: five or seven in a row, so that they are no periods.
        if (bare)
        {
            bool said = Enumerable.Range(0, length).Any(at => Words.Key(text(at)) is "星期" or "周次" or "节次/星期" or "节次\\星期" or "weekday");
            var run = new List<(int At, int Day)>();
            for (int at = 0; at < length; at++)
            {
                if (text(at) is { Length: 1 } word && (said || !char.IsAsciiDigit(word[0])) && Weekdays.Parse(word) == run.Count + 1)
                {
                    run.Add((at, run.Count + 1));
                }
            }

            return run.Count is 5 or 7 ? (run, false) : null;
        }

        return null;
    }
}
