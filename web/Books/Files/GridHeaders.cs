namespace Xunke.Web.Books.Files;

/// <summary>What the headers say of one row or column of a grid.</summary>
internal sealed class GridHeaders
{
    private readonly Dictionary<SheetFact, (string Text, CellAddress At)> _said = [];

    private GridHeaders()
    {
    }

    /// <summary>Whether a header says that there are no lessons, such as 午休.</summary>
    public bool NoLesson { get; private set; }

    /// <summary>The headers of every row or column of a grid.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="lines">The header lines.</param>
    /// <param name="place">Where a header of a line stands, for a row or column of cells.</param>
    /// <param name="first">The first row or column of cells.</param>
    /// <param name="last">The last one.</param>
    /// <param name="isFull">Whether a row or column has enough cells to go on with the one before where it has no header.</param>
    public static Dictionary<int, GridHeaders> Read(
        Sheet sheet,
        IReadOnlyList<HeaderLine> lines,
        Func<HeaderLine, int, CellAddress> place,
        int first,
        int last,
        Func<int, bool> isFull)
    {
        var all = new Dictionary<int, GridHeaders>();
        var before = new Dictionary<SheetFact, (string Text, CellAddress At)>();
        for (int index = first; index <= last; index++)
        {
            var headers = new GridHeaders();
            // A row without any header goes on with the one before: the teachers below the subjects.
            bool goesOn = index > first && isFull(index) && lines.All(line => sheet.Filled(place(line, index)).Length == 0);
            foreach (HeaderLine line in lines)
            {
                CellAddress at = place(line, index);
                string text = sheet.Filled(at);
                // Without merged cells, only the first of several rows or columns names the day or the class.
                bool carried = goesOn || (text.Length == 0 && lines.Count > 1
                    && line.Fact is SheetFact.Weekday or SheetFact.PartOfDay or SheetFact.Class or SheetFact.Grade);
                if (line.Fact is SheetFact.Cell or SheetFact.Nothing)
                {
                    continue;
                }

                if (text.Length > 0)
                {
                    before[line.Fact] = (text, sheet.Anchor(at.Row, at.Column));
                    headers.NoLesson |= PeriodLabel.IsNoLesson(text);
                }

                if (text.Length > 0 || (carried && before.ContainsKey(line.Fact)))
                {
                    headers._said[line.Fact] = before[line.Fact];
                }
            }

            headers.NoLesson |= goesOn && all[index - 1].NoLesson;
            all[index] = headers;
        }

        return all;
    }

    /// <summary>Whether the same cells say the same.</summary>
    public bool IsSame(GridHeaders other) =>
        _said.Count > 0 && NoLesson == other.NoLesson && _said.Count == other._said.Count
        && _said.All(said => other._said.TryGetValue(said.Key, out (string Text, CellAddress At) same) && same.At == said.Value.At);

    /// <summary>What is said of a fact; null: nothing.</summary>
    public string? Text(SheetFact fact) => _said.TryGetValue(fact, out (string Text, CellAddress At) said) ? said.Text : null;

    /// <summary>Where it is said.</summary>
    public CellAddress? At(SheetFact fact) => _said.TryGetValue(fact, out (string Text, CellAddress At) said) ? said.At : null;

    /// <summary>The period; null: nothing is said of it, or it cannot be read.</summary>
    public PeriodLabel? Period()
    {
        string? both = Text(SheetFact.WeekdayAndPeriod);
        PeriodLabel? label =
            both is not null ? Weekdays.Split(both) is { } split ? PeriodLabel.Parse(split.Behind) : null
            : Text(SheetFact.Period) is { } period ? PeriodLabel.Parse(period)
            : Text(SheetFact.Times) is { } times ? PeriodLabel.Parse(times)
            : null;
        if (label is { } found && Text(SheetFact.Times) is { } beside && PeriodLabel.Parse(beside) is { Start: not null } time)
        {
            label = found with { Start = time.Start, End = time.End };
        }

        DayPart part = Text(SheetFact.PartOfDay) is { } word ? PeriodLabel.PartOf(word) : DayPart.Any;
        return label is { Part: DayPart.Any } without ? without with { Part = part } : label;
    }

    /// <summary>The weekday, 1 to 7; null: nothing is said of it, or it cannot be read.</summary>
    public int? Weekday() =>
        Text(SheetFact.WeekdayAndPeriod) is { } both ? Weekdays.Split(both)?.Day
        : Text(SheetFact.Weekday) is { } day ? Weekdays.Parse(day)
        : null;
}
