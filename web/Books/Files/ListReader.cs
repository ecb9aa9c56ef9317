using System.Globalization;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads a list with a row for each lesson.</summary>
internal sealed class ListReader(Sheet sheet, SheetChoice choice, TimetableBuilder into)
{
    private static readonly char[] BetweenClasses = ['、', ',', ';', '/', '\n', '+'];

    private readonly Dictionary<SheetFact, int> _columns =
        choice.Left.Where(line => line.Fact != SheetFact.Nothing).DistinctBy(line => line.Fact)
            .ToDictionary(line => line.Fact, line => choice.Region.From.Column + line.Offset);

    // The same words stand in thousands of rows.
    private readonly Dictionary<string, string> _tidied = [];
    private readonly Dictionary<string, PeriodLabel?> _labels = [];
    private PeriodScale _scale = new([]);

    private int FirstRow => choice.Region.From.Row + choice.Top.Select(line => line.Offset).DefaultIfEmpty(-1).Max() + 1;

    /// <summary>Reads all rows.</summary>
    public void Read()
    {
        int last = Math.Min(choice.Region.To.Row, sheet.Rows - 1);
        IEnumerable<int> rows = Enumerable.Range(FirstRow, Math.Max(0, last - FirstRow + 1));
        _scale = new PeriodScale(rows.Select(row => Label(row)).OfType<PeriodLabel>());
        foreach (int row in rows)
        {
            if (sheet.Broken.TryGetValue(row, out string? broken))
            {
                into.Fault(new FileSource(sheet.Name, $"A{row + 1}"), broken);
            }
            else if (_columns.Values.Any(column => PlainText.Trim(sheet[row, column]).Length > 0) && !IsNote(row))
            {
                ReadRow(row);
            }
        }
    }

    private void ReadRow(int row)
    {
        if (Slot(row) is not { } slot || Classes(row) is not { } classes || Weeks(row) is not { } weeks)
        {
            return;
        }

        string subject = Text(row, SheetFact.Subject);
        if (subject.Length == 0)
        {
            Tell(row, SheetFact.Subject, "课程 subject 为空 is empty");
            return;
        }

        foreach (string name in classes)
        {
            for (int period = slot.First; period <= slot.Last; period++)
            {
                foreach (Weeks range in weeks)
                {
                    string teacher = Text(row, SheetFact.Teacher), room = Text(row, SheetFact.Room), school = Text(row, SheetFact.School);
                    var lesson = new ImportedLesson(name, slot.Weekday, period, subject, Source(row, SheetFact.Subject))
                    {
                        School = school.Length == 0 ? null : school,
                        Teacher = CellTokens.IsNothing(teacher) ? null : teacher,
                        Room = CellTokens.IsNothing(room) ? null : room,
                        FirstWeek = range.First,
                        LastWeek = range.Last,
                        Rotation = range.Rotation,
                    };
                    if (!into.Add(lesson))
                    {
                        return;
                    }
                }
            }
        }
    }

    private (int Weekday, int First, int Last)? Slot(int row)
    {
        bool both = !_columns.ContainsKey(SheetFact.Weekday) || !_columns.ContainsKey(SheetFact.Period);
        SheetFact dayFact = both ? SheetFact.WeekdayAndPeriod : SheetFact.Weekday, periodFact = both ? dayFact : SheetFact.Period;
        int? weekday = both ? Weekdays.Split(TakeWeeks(Text(row, dayFact)).Before)?.Day : Weekdays.Parse(Text(row, dayFact));
        if (weekday is null)
        {
            TellUnclear(row, dayFact, "星期 weekday", "应为 星期一…星期日 或 1…7 must be Monday to Sunday or 1 to 7");
            return null;
        }

        PeriodLabel? read = Label(row);
        (int First, int Last) numbers = read is { } said ? _scale.Numbers(said) : default;
        if (read is not { } label || numbers.Last > ImportedLesson.MostPeriods)
        {
            TellUnclear(row, periodFact, "节次 period", $"应为 第1节…第{ImportedLesson.MostPeriods}节 must be 1 to {ImportedLesson.MostPeriods}");
            return null;
        }

        if (numbers.First == numbers.Last && (label.Start ?? Time(row, SheetFact.Start)) is { } start
            && (label.End ?? Time(row, SheetFact.End)) is { } end && end > start)
        {
            into.Add(new ImportedPeriod(numbers.First, start, end));
        }

        return (weekday.Value, numbers.First, numbers.Last);
    }

    private PeriodLabel? Label(int row)
    {
        string text = Text(row, SheetFact.Period);
        if (!_columns.ContainsKey(SheetFact.Period) || !_columns.ContainsKey(SheetFact.Weekday))
        {
            text = Weekdays.Split(TakeWeeks(Text(row, SheetFact.WeekdayAndPeriod)).Before)?.Behind ?? string.Empty;
        }

        if (!_labels.TryGetValue(text, out PeriodLabel? label))
        {
            _labels[text] = label = PeriodLabel.Parse(text);
        }

        return label is { Part: DayPart.Any } bare && _columns.ContainsKey(SheetFact.PartOfDay)
            ? bare with { Part = PeriodLabel.PartOf(Text(row, SheetFact.PartOfDay)) } : label;
    }

    private string[]? Classes(int row)
    {
        string text = _columns.ContainsKey(SheetFact.Class)
            ? PlainText.Narrow(sheet.Filled(row, _columns[SheetFact.Class])) : choice.OwnerName ?? string.Empty;
        string grade = Text(row, SheetFact.Grade);
        string[] names = [.. text.Split(BetweenClasses, StringSplitOptions.RemoveEmptyEntries)
            .Select(Words.Name).Where(name => name.Length > 0)
            .Select(name => grade.Length > 0 && (Places.IsClassOfGrade(name) || name.All(char.IsAsciiDigit)) ? grade + name : name)];
        if (names.Length > 0)
        {
            return names;
        }

        Tell(row, _columns.ContainsKey(SheetFact.Class) ? SheetFact.Class : SheetFact.Subject, "班级 class 为空 is empty");
        return null;
    }

    private IReadOnlyList<Weeks>? Weeks(int row)
    {
        Rotation rotation = Rotation.Every;
        string said = Text(row, SheetFact.Rotation);
        if (said.Length > 0)
        {
            if (WeekMarks.ParseRotation(said, digits: true) is not { } read)
            {
                TellUnclear(row, SheetFact.Rotation, "单双周 odd or even weeks", "应为 单、双 或 0、1、2 must be 0, 1 or 2");
                return null;
            }

            rotation = read;
        }

        if (!_columns.ContainsKey(SheetFact.FirstWeek) && TakeWeeks(Text(row, SheetFact.WeekdayAndPeriod)).Weeks is { } beside)
        {
            return [.. beside.Select(range => range.Rotation == Rotation.Every ? range with { Rotation = rotation } : range)];
        }

        string first = Text(row, SheetFact.FirstWeek), last = Text(row, SheetFact.LastWeek);
        if (first.Length == 0 && last.Length == 0)
        {
            return [new Weeks(null, null, rotation)];
        }

        if (last.Length > 0 && TryWeek(first.Length == 0 ? "1" : first, out int from) && TryWeek(last, out int to))
        {
            if (from <= to)
            {
                return [new Weeks(first.Length == 0 ? null : from, to, rotation)];
            }

            Tell(row, SheetFact.LastWeek, $"结束周 {to} 早于开始周 {from} the last week is before the first");
            return null;
        }

        if (last.Length == 0 && _columns.ContainsKey(SheetFact.LastWeek) && TryWeek(first, out int open))
        {
            return [new Weeks(open, null, rotation)];
        }

        if (last.Length == 0 && WeekMarks.Parse(first, numbersAreWeeks: true) is { } ranges)
        {
            return [.. ranges.Select(range => range.Rotation == Rotation.Every ? range with { Rotation = rotation } : range)];
        }

        TellUnclear(
            row,
            last.Length > 0 && TryWeek(first, out _) ? SheetFact.LastWeek : SheetFact.FirstWeek,
            "周次 weeks",
            $"应为 1 到 {ImportedLesson.MostWeeks} must be 1 to {ImportedLesson.MostWeeks}");
        return null;
    }

    // 周一第3节{1-16周}: the weeks stand in brackets at the end.
    private static (string Before, IReadOnlyList<Weeks>? Weeks) TakeWeeks(string text)
    {
        for (int at = 1; at < text.Length; at++)
        {
            // The first that works: 第1节{2-16周(双)} has one within another.
            if (text[at] is '(' or '{' or '[' && WeekMarks.Parse(text[at..]) is { } weeks)
            {
                return (text[..at].TrimEnd(), weeks);
            }
        }

        return (text, null);
    }

    private static bool TryWeek(string text, out int week) =>
        Words.TryNumber(Words.Key(text).TrimStart('第').TrimEnd('周'), out week)
        && week is >= 1 and <= ImportedLesson.MostWeeks;

    private TimeOnly? Time(int row, SheetFact fact) =>
        TimeOnly.TryParse(Text(row, fact), CultureInfo.InvariantCulture, out TimeOnly time) ? time : null;

    // Below a list some write who made it and when.
    private bool IsNote(int row) =>
        sheet.RangeAt(row, choice.Region.From.Column).Columns > 2
        || (_columns.Values.Count(column => sheet[row, column].Length > 0) == 1
            && PeriodLabel.IsNoLesson(sheet[row, choice.Region.From.Column]))
        || (Label(row) is null && PeriodLabel.IsNoLesson(Text(row, SheetFact.Period)));

    private string Text(int row, SheetFact fact)
    {
        if (!_columns.TryGetValue(fact, out int column))
        {
            return string.Empty;
        }

        string text = sheet.Filled(row, column);
        if (!_tidied.TryGetValue(text, out string? tidied))
        {
            _tidied[text] = tidied = Words.Name(text);
        }

        return tidied;
    }

    private FileSource Source(int row, SheetFact fact) =>
        new(sheet.Name, new CellAddress(row, _columns.GetValueOrDefault(fact)).ToString());

    private void Tell(int row, SheetFact fact, string reason) => into.Fault(Source(row, fact), reason);

    private void TellUnclear(int row, SheetFact fact, string what, string rule)
    {
        string text = Text(row, fact);
        Tell(row, fact, text.Length == 0 ? $"{what} 为空 is empty" : $"{what} “{PlainText.Show(text)}” {SpreadsheetDamage.Find(text) ?? rule}");
    }
}
