using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Identity;

namespace Xunke.Web.Simulation;

/// <summary>
/// Classes, teachers and a term's timetable for the demo district. The same every time, but for the term, which is around today; all names
/// are made up.
/// </summary>
internal static class DemoTimetable
{
    /// <summary>Teachers of all schools together.</summary>
    public const int Teachers = 2_546;

    private const int Days = 5;
    private const int LessonsOfDay = 7;
    private const string TermId = "demo";
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
    private const string FirstOfNames = "子雨思文晓佳志建海春秋明静雅立德永嘉若书";
    private const string LastOfNames = "涵轩怡琪华军平芳敏杰宁欣然峰洁琳博远清和婷";

    /// <summary>What the timetable is made of.</summary>
    internal sealed record Rows(
        Term Term, DayPlan DayPlan, IReadOnlyList<SchoolClass> Classes, IReadOnlyList<Teacher> Teachers,
        IReadOnlyList<TimetableEntry> Entries);

    /// <summary>Puts it into a database that has the demo district and neither classes nor a timetable.</summary>
    public static async Task SeedAsync(RecordsContext records, DateOnly today, CancellationToken cancellationToken)
    {
        if (!await DemoDistrict.IsInAsync(records, cancellationToken) || await records.Timetable.AnyAsync(cancellationToken)
            || await records.Terms.AnyAsync(cancellationToken) || await records.Classes.AnyAsync(cancellationToken)
            || await records.Teachers.AnyAsync(cancellationToken) || await records.Subjects.AnyAsync(cancellationToken)
            || await records.DayPlans.AnyAsync(cancellationToken))
        {
            return;
        }

        Rows rows = Make(await records.Rooms.AsNoTracking().ToListAsync(cancellationToken), today);
        BusiestIn(DemoDistrict.LiveRooms[0], rows).UserName = AccountSeed.DemoTeacher;
        records.ChangeTracker.AutoDetectChangesEnabled = false;
        records.Add(rows.Term);
        records.Add(rows.DayPlan);
        records.AddRange(DemoLessons.MakeSubjects());
        records.AddRange(rows.Classes);
        records.AddRange(rows.Teachers);
        records.AddRange(rows.Entries);
        await records.SaveChangesAsync(cancellationToken);
        records.ChangeTracker.Clear();
        records.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    /// <summary>Makes it.</summary>
    /// <param name="rooms">The rooms of the district, each a class's own.</param>
    /// <param name="today">A date of the term: it begins eight weeks before, and has twenty.</param>
    public static Rows Make(IReadOnlyCollection<Room> rooms, DateOnly today)
    {
        DateOnly first = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - 8 * 7);
        var term = new Term { Id = TermId, Name = "演示学期", FirstDay = first, LastDay = first.AddDays(20 * 7 - 3), UncountedWeeks = [] };
        Form[] forms = [.. rooms.OrderBy(room => room.Id, StringComparer.Ordinal).Select(MakeForm)];
        Dictionary<(string School, string Subject), Staff> staff = MakeStaff(forms);
        var entries = new List<TimetableEntry>();
        foreach (IGrouping<string, Form> school in forms.GroupBy(form => form.Class.SchoolId))
        {
            AddWeek([.. school], staff, entries);
        }

        return new Rows(
            term, MakeDayPlan(), [.. forms.Select(form => form.Class)], [.. staff.Values.SelectMany(one => one.Teachers)], entries);
    }

    /// <summary>Who gives most lessons to a room's class.</summary>
    private static Teacher BusiestIn(string roomId, Rows rows)
    {
        string classId = rows.Classes.Single(one => one.RoomId == roomId).Id;
        string id = rows.Entries.Where(entry => entry.ClassId == classId).CountBy(entry => entry.TeacherId!).MaxBy(one => one.Value).Key;
        return rows.Teachers.Single(teacher => teacher.Id == id);
    }

    private static Form MakeForm(Room room)
    {
        string number = room.Id[(room.Id.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return new Form(
            new SchoolClass
            {
                Id = $"{room.SchoolId}-c{number}",
                SchoolId = room.SchoolId,
                Name = room.Name,
                Grade = room.Grade,
                Enrolled = room.Enrolled,
                RoomId = room.Id,
            },
            int.Parse(number[..^2], CultureInfo.InvariantCulture));
    }

    /// <summary>Each subject of a school has a teacher; the others go where one has the most lessons.</summary>
    private static Dictionary<(string School, string Subject), Staff> MakeStaff(Form[] forms)
    {
        var staff = new Dictionary<(string School, string Subject), Staff>();
        foreach (Form form in forms)
        {
            foreach ((string subject, int lessons) in DemoLessons.Of(form.Grade))
            {
                (string, string) key = (form.Class.SchoolId, subject);
                Staff one = staff.TryGetValue(key, out Staff? known) ? known : staff[key] = new Staff();
                one.Lessons += lessons;
                one.Classes++;
            }
        }

        var busiest = new PriorityQueue<Staff, double>(staff.Values.Select(one => (one, -(double)one.Lessons)));
        for (int left = Teachers - staff.Count; left > 0 && busiest.TryDequeue(out Staff? one, out _); left--)
        {
            one.Size++;
            if (one.Size < one.Classes)
            {
                busiest.Enqueue(one, -(double)one.Lessons / one.Size);
            }
        }

        int made = 0;
        foreach (IGrouping<string, KeyValuePair<(string School, string Subject), Staff>> school in staff.GroupBy(one => one.Key.School))
        {
            int number = 0;
            foreach (((_, string subject), Staff one) in school)
            {
                for (int i = 0; i < one.Size; i++)
                {
                    one.Teachers.Add(MakeTeacher(school.Key, ++number, subject, made++));
                }
            }
        }

        return staff;
    }

    private static Teacher MakeTeacher(string schoolId, int number, string subject, int index)
    {
        char Of(string letters, int step) => letters[index * step / 7 % letters.Length];
        string last = index % 4 == 0 ? string.Empty : Of(LastOfNames, 31).ToString();
        return new Teacher
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{schoolId}-t{number:000}"),
            SchoolId = schoolId,
            Name = $"{Of(Surnames, 53)}{Of(FirstOfNames, 17)}{last}",
            Number = number.ToString("000", CultureInfo.InvariantCulture),
            SubjectIds = [subject],
        };
    }

    private static void AddWeek(
        Form[] forms, Dictionary<(string School, string Subject), Staff> staff, List<TimetableEntry> entries)
    {
        string school = forms[0].Class.SchoolId;
        Teacher[] teachers = [.. staff.Where(one => one.Key.School == school).SelectMany(one => one.Value.Teachers)];
        var places = teachers.Index().ToDictionary(one => one.Item.Id, one => one.Index);
        var puzzle = new WeekPuzzle(forms.Length, teachers.Length, Days, LessonsOfDay);
        foreach ((int i, Form form) in forms.Index())
        {
            foreach ((string subject, int lessons) in DemoLessons.Of(form.Grade))
            {
                Teacher teacher = staff[(school, subject)].Next();
                for (int lesson = 0; lesson < lessons; lesson++)
                {
                    puzzle.Add(i, places[teacher.Id]);
                }
            }
        }

        foreach ((int form, int teacher, int day, int period) in puzzle.Solution())
        {
            entries.Add(new TimetableEntry
            {
                Id = new Guid(entries.Count + 1, 0x7875, 0x6e6b, 0x80, 0, 0, 0, 0, 0, 0, 1),
                TermId = TermId,
                SchoolId = school,
                Weekday = day + 1,
                Period = period + 1,
                FirstWeek = 1,
                Rotation = 1,
                Turns = 1,
                ClassId = forms[form].Class.Id,
                SubjectId = teachers[teacher].SubjectIds[0],
                TeacherId = teachers[teacher].Id,
            });
        }
    }

    private static DayPlan MakeDayPlan()
    {
        (string From, string To)[] lessons =
        [
            ("08:20", "09:00"), ("09:10", "09:50"), ("10:10", "10:50"), ("11:00", "11:40"), ("14:00", "14:40"), ("14:50", "15:30"),
            ("15:40", "16:20"), ("16:40", "17:40"),
        ];
        return new DayPlan
        {
            Id = "demo",
            Name = "演示作息",
            Weekdays = [1, 2, 3, 4, 5],
            Periods =
            [
                .. lessons.Select((one, i) => new Period(
                    i + 1, i < LessonsOfDay ? $"第{i + 1}节" : "课后服务", i < LessonsOfDay ? PeriodKind.Lesson : PeriodKind.AfterSchool,
                    TimeOnly.Parse(one.From, CultureInfo.InvariantCulture), TimeOnly.Parse(one.To, CultureInfo.InvariantCulture))),
            ],
        };
    }

    /// <summary>A class with its grade, from 1 to 12.</summary>
    private sealed record Form(SchoolClass Class, int Grade);

    /// <summary>Who teaches a subject in a school.</summary>
    private sealed class Staff
    {
        private int _next;

        public int Lessons { get; set; }

        public int Classes { get; set; }

        public int Size { get; set; } = 1;

        public List<Teacher> Teachers { get; } = [];

        /// <summary>The teacher of the next class, in turn.</summary>
        public Teacher Next() => Teachers[_next++ % Teachers.Count];
    }
}
