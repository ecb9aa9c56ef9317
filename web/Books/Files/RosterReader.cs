using System.Globalization;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads lists of teachers, of classes and of subjects, whatever their columns are called.</summary>
internal sealed class RosterReader
{
    private const int RowsLookedAt = 20;
    /// <summary>The most pupils that a class may have.</summary>
    public const int MostPupils = 100;

    private static readonly Dictionary<string, RosterColumn> Known = Names(
        (RosterColumn.Teacher, "姓名 教师姓名 教师 老师 任课教师 教职工姓名 name teacher teachername"),
        (RosterColumn.Number, "工号 教师编号 职工号 教职工号 教师工号 职工编号 编号 staffnumber number teacherid"),
        (RosterColumn.Subject, "学科 科目 任教学科 课程 学科名称 课程名称 任教科目 所教学科 主教学科 subject subjects course"),
        (RosterColumn.Code, "学科代码 课程代码 代码 学科编号 code subjectcode"),
        (RosterColumn.School, "学校 学校名称 单位 所在学校 任职学校 所属学校 工作单位 school schoolname"),
        (RosterColumn.Class, "班级 班级名称 班名 班 行政班 class classname"),
        (RosterColumn.Grade, "年级 年级名称 grade"),
        (RosterColumn.Pupils, "人数 学生数 学生人数 班额 应到人数 在籍人数 班级人数 pupils enrolled size"),
        (RosterColumn.Room, "教室 固定教室 教室名称 所在教室 地点 班级教室 room classroom"),
        (RosterColumn.RoomNumber, "教室编号 教室号 房间号 房号 roomnumber roomid"),
        (RosterColumn.User, "用户名 登录名 帐号 账号 user username account"));

    private static readonly string[] OfPupils =
        ["学号", "学籍号", "学籍号码", "全国学籍号", "家长", "家长姓名", "监护人", "学生姓名", "家长电话", "studentid", "studentname", "guardian"];

    private readonly Sheet _sheet;
    private readonly int _header;
    private readonly Dictionary<RosterColumn, int> _columns;
    private readonly List<FileFault> _faults = [];
    private readonly Dictionary<string, int> _seen = [];

    private RosterReader(Sheet sheet, int header, Dictionary<RosterColumn, int> columns) =>
        (_sheet, _header, _columns) = (sheet, header, columns);

    private bool IsOfTeachers => _columns.ContainsKey(RosterColumn.Teacher);

    private bool IsOfClasses => !IsOfTeachers && _columns.ContainsKey(RosterColumn.Class);

    private bool IsOfRooms => !IsOfTeachers && !IsOfClasses && _columns.ContainsKey(RosterColumn.Room);

    /// <summary>Reads all lists of a workbook.</summary>
    /// <exception cref="FileRefusedException">It has none, or is a list of pupils.</exception>
    public static ImportedRoster Read(Workbook workbook)
    {
        ImportedRoster[] parts =
        [
            .. workbook.Sheets.Where(sheet => !sheet.Hidden).Select(Find).OfType<RosterReader>().Select(list => list.ReadRows()),
        ];
        return parts.Length > 0
            ? new ImportedRoster
            {
                Teachers = [.. parts.SelectMany(part => part.Teachers)],
                Classes = [.. parts.SelectMany(part => part.Classes)],
                Subjects = [.. parts.SelectMany(part => part.Subjects)],
                Rooms = [.. parts.SelectMany(part => part.Rooms)],
                Faults = [.. parts.SelectMany(part => part.Faults)],
            }
            : throw new FileRefusedException(
                "没有找到名册：表头应有“姓名、工号、学科”，或“班级、年级、人数、教室”，或“教室、教室编号”，或“学科” "
                + "no list was found: the header should name teacher and number, or class and grade, or room and its number, or subject");
    }

    private static RosterReader? Find(Sheet sheet)
    {
        for (int row = 0; row < Math.Min(sheet.Rows, RowsLookedAt); row++)
        {
            var columns = new Dictionary<RosterColumn, int>();
            int words = 0;
            for (int column = 0; column < sheet.Columns; column++)
            {
                string header = sheet.Filled(row, column);
                string key = string.Concat(Words.Key(header).Where(char.IsLetterOrDigit));
                words += key.Length > 0 ? 1 : 0;
                if (OfPupils.Contains(key))
                {
                    throw new FileRefusedException(
                        $"这是学生名单（{sheet.Name}!{new CellAddress(row, column)} “{PlainText.Show(header)}”），本系统不保存学生 a list of pupils: no pupil is kept here");
                }

                if (Lookup(key) is { } known)
                {
                    columns.TryAdd(known, column);
                }
            }

            bool teachers = columns.ContainsKey(RosterColumn.Teacher) && columns.Count > 1;
            bool classes = columns.ContainsKey(RosterColumn.Class) && columns.Count > 1;
            bool subjects = columns.ContainsKey(RosterColumn.Subject) && words <= 3;
            bool rooms = columns.ContainsKey(RosterColumn.Room) && columns.Count > 1;
            if (teachers || classes || rooms || subjects)
            {
                return new RosterReader(sheet, row, columns);
            }
        }

        return null;
    }

    private static RosterColumn? Lookup(string key) =>
        Known.TryGetValue(key, out RosterColumn found)
        || Known.TryGetValue(string.Concat(key.Where(letter => !char.IsAscii(letter))), out found)
            ? found : null;

    private ImportedRoster ReadRows()
    {
        var teachers = new List<ImportedTeacher>();
        var classes = new List<ImportedClass>();
        var rooms = new List<ImportedRoom>();
        var subjects = new List<ImportedSubject>();
        for (int row = _header + 1; row < _sheet.Rows; row++)
        {
            if (_sheet.Broken.TryGetValue(row, out string? broken))
            {
                _faults.Add(new FileFault(_sheet.Name, $"A{row + 1}", broken));
            }
            else if (_columns.Values.All(column => PlainText.Trim(_sheet[row, column]).Length == 0))
            {
                continue;
            }
            else if (IsOfTeachers)
            {
                AddIfRead(teachers, Teacher(row));
            }
            else if (IsOfClasses)
            {
                AddIfRead(classes, Class(row));
            }
            else if (IsOfRooms)
            {
                AddIfRead(rooms, Room(row));
            }
            else
            {
                AddIfRead(subjects, Subject(row));
            }
        }

        return new ImportedRoster { Teachers = teachers, Classes = classes, Rooms = rooms, Subjects = subjects, Faults = _faults };
    }

    private ImportedRoom? Room(int row)
    {
        if (Name(row, RosterColumn.Room, "教室 room") is not { } name || !TryPupils(row, out int? pupils))
        {
            return null;
        }

        string? number = Optional(row, RosterColumn.RoomNumber) ?? Optional(row, RosterColumn.Number);
        string? school = Optional(row, RosterColumn.School);
        return IsNew(row, RosterColumn.Room, $"{school}/{number ?? name}")
            ? new ImportedRoom(name, Source(row, RosterColumn.Room))
            {
                Number = number,
                School = school,
                Grade = Optional(row, RosterColumn.Grade) ?? Places.FindGrade(name),
                Pupils = pupils,
            }
            : null;
    }

    private ImportedTeacher? Teacher(int row)
    {
        if (Name(row, RosterColumn.Teacher, "姓名 name") is not { } name)
        {
            return null;
        }

        string? number = Optional(row, RosterColumn.Number);
        if (number is not null && SpreadsheetDamage.Find(number) is { } damage)
        {
            Tell(row, RosterColumn.Number, $"工号 number “{PlainText.Show(number)}” {damage}");
            return null;
        }

        string? school = Optional(row, RosterColumn.School);
        (RosterColumn column, string key) =
            number is null ? (RosterColumn.Teacher, $"{school}/{name}") : (RosterColumn.Number, $"{school}#{number}");
        return IsNew(row, column, key)
            ? new ImportedTeacher(null, name, Source(row, RosterColumn.Teacher))
            {
                Number = number,
                User = Optional(row, RosterColumn.User),
                Schools = school is null ? [] : [school],
                Subjects = [.. (Optional(row, RosterColumn.Subject) ?? string.Empty)
                    .Split(['、', ',', ';', '/', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            }
            : null;
    }

    private ImportedClass? Class(int row)
    {
        if (Name(row, RosterColumn.Class, "班级 class") is not { } name || !TryPupils(row, out int? pupils))
        {
            return null;
        }

        string? grade = Optional(row, RosterColumn.Grade), school = Optional(row, RosterColumn.School);
        string full = grade is not null && (Places.IsClassOfGrade(name) || name.All(char.IsAsciiDigit)) ? grade + name : name;
        return IsNew(row, RosterColumn.Class, $"{school}/{full}")
            ? new ImportedClass(null, full, Source(row, RosterColumn.Class))
            {
                School = school,
                Grade = grade ?? Places.FindGrade(full),
                Pupils = pupils,
                Room = Optional(row, RosterColumn.Room),
            }
            : null;
    }

    private ImportedSubject? Subject(int row) =>
        Name(row, RosterColumn.Subject, "学科 subject") is { } name && IsNew(row, RosterColumn.Subject, name)
            ? new ImportedSubject(null, name, Source(row, RosterColumn.Subject)) { Code = Optional(row, RosterColumn.Code) } : null;

    private bool TryPupils(int row, out int? pupils)
    {
        pupils = null;
        if (Optional(row, RosterColumn.Pupils)?.TrimEnd('人') is not { } said)
        {
            return true;
        }

        if (!int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > MostPupils)
        {
            Tell(row, RosterColumn.Pupils, $"人数 pupils “{PlainText.Show(said)}” 应为 1 到 {MostPupils} must be 1 to {MostPupils}");
            return false;
        }

        pupils = count;
        return true;
    }

    private bool IsNew(int row, RosterColumn column, string key)
    {
        if (_seen.TryAdd(key, row))
        {
            return true;
        }

        Tell(row, column, $"与第 {_seen[key] + 1} 行重复 is also in row {_seen[key] + 1}");
        return false;
    }

    private string? Name(int row, RosterColumn column, string what)
    {
        string name = Words.Name(_sheet.Filled(row, _columns[column]));
        string? fault = name.Length == 0 ? $"{what} 为空 is empty" : LessonNames.Fault(what, name);
        if (fault is not null)
        {
            Tell(row, column, fault);
        }

        return fault is null ? name : null;
    }

    private string? Optional(int row, RosterColumn column) =>
        _columns.TryGetValue(column, out int place) && Words.Name(_sheet.Filled(row, place)) is { Length: > 0 } text
        && !CellTokens.IsNothing(text)
            ? text : null;

    private FileSource Source(int row, RosterColumn column) => new(_sheet.Name, new CellAddress(row, _columns[column]).ToString());

    private void Tell(int row, RosterColumn column, string reason)
    {
        FileSource at = Source(row, column);
        _faults.Add(new FileFault(at.Sheet, at.Cell, reason));
    }

    private static void AddIfRead<T>(List<T> all, T? one)
        where T : class
    {
        if (one is not null)
        {
            all.Add(one);
        }
    }

    private static Dictionary<string, RosterColumn> Names(params (RosterColumn Column, string Names)[] columns) =>
        columns.SelectMany(column => column.Names.Split(' ').Select(name => (name, column.Column)))
            .ToDictionary(one => one.name, one => one.Column);
}
