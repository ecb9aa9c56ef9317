using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads a grid of lessons, whatever stands at its edges.</summary>
internal sealed class GridReader
{
    private readonly Sheet _sheet;
    private readonly SheetChoice _choice;
    private readonly TimetableBuilder _into;
    private readonly GridTable _table;
    private readonly GridSlot[] _slots;
    private readonly CellParser _parser;
    private readonly PeriodScale _scale;
    private readonly HashSet<CellAddress> _told = [];

    /// <summary>Prepares to read.</summary>
    public GridReader(Sheet sheet, SheetChoice choice, TimetableBuilder into)
    {
        (_sheet, _choice, _into) = (sheet, choice, into);
        _table = new GridTable(sheet, choice);
        _slots = [.. _table.Slots()];
        _parser = CellParser.Of(choice.CellOrder, _slots.Select(slot => slot.Text));
        _scale = new PeriodScale(_table.Headers.Select(headers => headers.Period()).OfType<PeriodLabel>());
    }

    /// <summary>Reads all cells.</summary>
    public void Read()
    {
        SheetFact[] said = [.. _choice.Top.Concat(_choice.Left).Select(line => line.Fact)];
        bool both = said.Contains(SheetFact.WeekdayAndPeriod);
        if (!both && !said.Contains(SheetFact.Weekday))
        {
            Tell(_choice.Region.From, "没有写星期的表头 there is no header with weekdays");
            return;
        }

        if (!both && !said.Contains(SheetFact.Period) && !said.Contains(SheetFact.Times))
        {
            Tell(_choice.Region.From, "没有写节次的表头 there is no header with periods");
            return;
        }

        foreach (GridHeaders headers in _table.Headers)
        {
            if (headers.Period() is { Start: { } start, End: { } end } label && _scale.Numbers(label) is var (first, last) && first == last
                && first <= ImportedLesson.MostPeriods)
            {
                _into.Add(new ImportedPeriod(first, start, end));
            }
        }

        foreach (GridSlot slot in _slots)
        {
            ReadCell(slot.At, slot.Text, slot.Left, slot.Top);
        }
    }

    private void ReadCell(CellAddress at, string text, GridHeaders atLeft, GridHeaders onTop)
    {
        if (Slot(at, atLeft, onTop) is not { } slot)
        {
            return;
        }

        if (SpreadsheetDamage.Find(PlainText.Trim(text)) is { } damage)
        {
            Tell(at, $"“{PlainText.Show(text)}” {damage}");
            return;
        }

        IReadOnlyList<CellLesson> lessons = _parser.Parse(text, out string? fault);
        if (fault is not null)
        {
            Tell(at, $"“{PlainText.Show(Words.Name(text))}” {fault}");
            return;
        }

        foreach (CellLesson lesson in lessons)
        {
            Add(at, lesson, slot, atLeft, onTop);
        }
    }

    private (int Weekday, int First, int Last)? Slot(CellAddress at, GridHeaders atLeft, GridHeaders onTop)
    {
        if ((atLeft.Weekday() ?? onTop.Weekday()) is not { } weekday)
        {
            TellHeader(at, SheetFact.Weekday, atLeft, onTop, "星期 weekday");
            return null;
        }

        if ((atLeft.Period() ?? onTop.Period()) is not { } label)
        {
            TellHeader(at, SheetFact.Period, atLeft, onTop, "节次 period");
            return null;
        }

        (int first, int last) = _scale.Numbers(label);
        if (last > ImportedLesson.MostPeriods)
        {
            Tell(at, $"节次太多 too many periods: {last}；最多 at most {ImportedLesson.MostPeriods}");
            return null;
        }

        return (weekday, first, last);
    }

    private void Add(CellAddress at, CellLesson lesson, (int Weekday, int First, int Last) slot, GridHeaders atLeft, GridHeaders onTop)
    {
        string? Said(SheetFact fact) =>
            atLeft.Text(fact) ?? onTop.Text(fact) ?? (_choice.Owner == fact ? _choice.OwnerName : null);
        IReadOnlyList<string> classes = Said(SheetFact.Class) is { } named ? [Class(named, atLeft, onTop)] : lesson.Classes;
        string? teacher = lesson.Teacher ?? Said(SheetFact.Teacher), room = lesson.Room ?? Said(SheetFact.Room);
        if (classes.Count == 0)
        {
            Tell(at, _choice.Owner == SheetFact.Class
                ? "不知道是哪个班的课表，请写在标题里或另选 whose timetable it is cannot be told: the title names no class"
                : "没有班级 no class");
            return;
        }

        if ((lesson.Subject ?? Said(SheetFact.Subject) ?? _choice.Subject) is not { } subject)
        {
            Tell(at, $"没有课程 no subject: “{PlainText.Show(teacher ?? classes[0])}”");
            return;
        }

        foreach (string name in classes)
        {
            for (int period = slot.First; period <= slot.Last; period++)
            {
                foreach (Weeks weeks in lesson.Weeks)
                {
                    var found = new ImportedLesson(Words.Name(name), slot.Weekday, period, Words.Name(subject), Source(at))
                    {
                        Teacher = Name(teacher),
                        Room = Name(room),
                        FirstWeek = weeks.First,
                        LastWeek = weeks.Last,
                        Rotation = weeks.Rotation,
                    };
                    if (!_into.Add(found))
                    {
                        return;
                    }
                }
            }
        }
    }

    // A row of "2班" below "三年级" is of 三年级2班.
    private string Class(string name, GridHeaders atLeft, GridHeaders onTop) =>
        Places.IsClassOfGrade(name)
        && (atLeft.Text(SheetFact.Grade) ?? onTop.Text(SheetFact.Grade)
            ?? Places.FindGrade(_sheet[0, 0]) ?? Places.FindGrade(_sheet.Name)) is { } grade
            ? Words.Name(grade) + Words.Name(name) : name;

    private void TellHeader(CellAddress at, SheetFact fact, GridHeaders atLeft, GridHeaders onTop, string what)
    {
        CellAddress? header = atLeft.At(fact) ?? onTop.At(fact)
            ?? atLeft.At(SheetFact.WeekdayAndPeriod) ?? onTop.At(SheetFact.WeekdayAndPeriod)
            ?? (fact == SheetFact.Period ? atLeft.At(SheetFact.Times) ?? onTop.At(SheetFact.Times) : null);
        if (header is { } place)
        {
            string text = _sheet[place.Row, place.Column];
            string? damage = SpreadsheetDamage.Find(PlainText.Trim(text));
            Tell(place, damage is null ? $"看不懂{what} cannot be read: “{PlainText.Show(Words.Name(text))}”" : $"{what} “{PlainText.Show(text)}” {damage}");
        }
        else
        {
            Tell(at, $"这一格没有{what} is not said for this cell");
        }
    }

    private void Tell(CellAddress at, string reason)
    {
        if (_told.Add(at))
        {
            _into.Fault(Source(at), reason);
        }
    }

    private FileSource Source(CellAddress at) => new(_sheet.Name, at.ToString());

    private static string? Name(string? text) => text is null ? null : Words.Name(text) is { Length: > 0 } name ? name : null;
}
