using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Xunke.Web.Books.Files;

/// <summary>Reads the XML that aSc Timetables exports: cards, each of which puts a lesson on days, weeks and terms by masks of 0 and
/// 1.</summary>
internal sealed class AscReader
{
    private readonly string _sheet;
    private readonly XElement _root;
    private readonly TimetableBuilder _into = new();

    private AscReader(string name, XElement root) => (_sheet, _root) = (Path.GetFileName(name), root);

    private sealed record Lesson(string[] Classes, string? Subject, string? Teacher, string[] Rooms, int Length);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileRefusedException">It is no such XML.</exception>
    public static ImportedTimetable Read(string name, byte[] content, FileLimits? limits = null)
    {
        limits ??= FileLimits.Default;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            using XmlReader reader = new XlsxBudget(limits).Open(new MemoryStream(content, writable: false));
            var root = XElement.Load(reader, LoadOptions.SetLineInfo);
            return root.Name.LocalName == "timetable" && root.Element("cards") is not null
                ? new AscReader(name, root).Read()
                : throw new FileRefusedException("不是 aSc 课表：没有 cards not a timetable of aSc: it has no cards");
        }
        catch (XmlException fault)
        {
            throw new FileRefusedException(
                fault.LineNumber > 0
                    ? $"XML 有误，第 {fault.LineNumber} 行 the XML is wrong in line {fault.LineNumber}"
                    : "XML 含有 DTD 或太大 the XML has a document type or is too large",
                fault);
        }
    }

    private ImportedTimetable Read()
    {
        foreach (XElement period in Elements("periods", "period"))
        {
            if (Number(period, "period") is >= 1 and <= ImportedLesson.MostPeriods and var number
                && TimeOnly.TryParse(Text(period, "starttime"), CultureInfo.InvariantCulture, out TimeOnly start)
                && TimeOnly.TryParse(Text(period, "endtime"), CultureInfo.InvariantCulture, out TimeOnly end) && end > start)
            {
                _into.Add(new ImportedPeriod(number, start, end));
            }
        }

        Dictionary<string, string> subjects = Names("subjects", "subject"), teachers = Names("teachers", "teacher");
        Dictionary<string, string> classes = Names("classes", "class"), rooms = Names("classrooms", "classroom");
        var lessons = new Dictionary<string, Lesson>();
        foreach (XElement lesson in Elements("lessons", "lesson"))
        {
            lessons[Text(lesson, "id")] = new Lesson(
                Find(lesson, "classids", classes),
                Find(lesson, "subjectid", subjects).FirstOrDefault(),
                Find(lesson, "teacherids", teachers) is { Length: > 0 } people ? string.Join('、', people) : null,
                Find(lesson, "classroomids", rooms),
                Math.Max(1, Number(lesson, "durationperiods") ?? Number(lesson, "periodspercard") ?? 1));
        }

        XElement[] cards = [.. Elements("cards", "card")];
        // Some versions write a card for each period of a double lesson, some one for both.
        HashSet<(string, string, int)> placed =
            [.. cards.Select(card => (Text(card, "lessonid"), Days(card) + Text(card, "weeks"), Number(card, "period") ?? 0))];
        foreach (XElement card in cards)
        {
            ReadCard(card, lessons, rooms, placed);
        }

        return _into.Build();
    }

    private void ReadCard(
        XElement card, Dictionary<string, Lesson> lessons, Dictionary<string, string> rooms, HashSet<(string, string, int)> placed)
    {
        string id = Text(card, "lessonid");
        if (!lessons.TryGetValue(id, out Lesson? lesson))
        {
            Tell(card, $"没有这节课 there is no such lesson: “{id}”");
            return;
        }

        if (lesson.Classes.Length == 0)
        {
            _into.Skip();
            return;
        }

        string days = Days(card);
        if (Number(card, "period") is not { } first || first < 1 || first > ImportedLesson.MostPeriods)
        {
            Tell(card, $"节次 period “{Text(card, "period")}” 应为 must be 1 to {ImportedLesson.MostPeriods}");
        }
        else if (lesson.Subject is not { } subject)
        {
            Tell(card, "没有课程 no subject");
        }
        else if (!IsMask(days) || days.Length > 7)
        {
            // A week of more than seven days, or several weeks as days, has no weekday here.
            Tell(card, $"days “{days}” 应为最多 7 位的 0 和 1 must be at most 7 of 0 and 1");
        }
        else if (Rotations(Text(card, "weeks")) is not { } rotations)
        {
            Tell(card, $"weeks “{Text(card, "weeks")}” 应为最多 {Rotation.Longest} 位的 0 和 1 must be at most {Rotation.Longest} of 0 and 1");
        }
        else
        {
            string[] cardRooms = Find(card, "classroomids", rooms);
            string? room = (cardRooms.Length > 0 ? cardRooms : lesson.Rooms) is { Length: > 0 } named ? string.Join('、', named) : null;
            bool apart = lesson.Length > 1
                && (placed.Contains((id, days + Text(card, "weeks"), first + 1)) || placed.Contains((id, days + Text(card, "weeks"), first - 1)));
            int last = Math.Min(apart ? first : first + lesson.Length - 1, ImportedLesson.MostPeriods);
            foreach (ImportedLesson found in
                from day in days.Index()
                where day.Item == '1'
                from period in Enumerable.Range(first, last - first + 1)
                from className in lesson.Classes
                from rotation in rotations
                from term in Terms(Text(card, "terms"))
                select new ImportedLesson(className, day.Index + 1, period, subject, Source(card))
                {
                    Teacher = lesson.Teacher,
                    Room = room,
                    Rotation = rotation,
                    Term = term,
                })
            {
                _into.Add(found);
            }
        }
    }

    private static List<Rotation>? Rotations(string weeks) =>
        weeks.Length == 0 || (IsMask(weeks) && !weeks.Contains('0', StringComparison.Ordinal)) ? [Rotation.Every]
        : IsMask(weeks) && weeks.Length <= Rotation.Longest
            ? [.. weeks.Index().Where(week => week.Item == '1').Select(week => new Rotation(weeks.Length, week.Index + 1))] : null;

    private static IEnumerable<int?> Terms(string terms) =>
        !IsMask(terms) || !terms.Contains('0', StringComparison.Ordinal) ? [null]
        : terms.Index().Where(term => term.Item == '1').Select(term => (int?)term.Index + 1);

    // Older versions number the day instead.
    private static string Days(XElement card) =>
        Text(card, "days") is { Length: > 0 } mask ? mask
        : Number(card, "day") is >= 0 and < 7 and var day ? new string('0', day) + '1' : string.Empty;

    private static bool IsMask(string text) => text.Contains('1', StringComparison.Ordinal) && text.All(sign => sign is '0' or '1');

    private IEnumerable<XElement> Elements(string list, string name) => _root.Elements(list).Elements(name);

    private Dictionary<string, string> Names(string list, string name) =>
        Elements(list, name).GroupBy(one => Text(one, "id")).ToDictionary(
            same => same.Key,
            same => Words.Name(Text(same.First(), "name") is { Length: > 0 } full ? full : Text(same.First(), "short")));

    private static string[] Find(XElement element, string attribute, Dictionary<string, string> names) =>
        [.. Text(element, attribute).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(id => names.GetValueOrDefault(id, string.Empty)).Where(name => name.Length > 0)];

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value.Trim() ?? string.Empty;

    private static int? Number(XElement element, string attribute) =>
        int.TryParse(Text(element, attribute), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private FileSource Source(XElement element) => new(_sheet, $"line {((IXmlLineInfo)element).LineNumber}");

    private void Tell(XElement element, string reason) => _into.Fault(Source(element), reason);
}
