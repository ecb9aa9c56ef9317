using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Web.Simulation;

/// <summary>
/// A made-up district: 31 schools, 965 rooms, 41,504 pupils on the books. The same every time, and no real school's.
/// </summary>
internal static class DemoDistrict
{
    /// <summary>Pupils on the books of all rooms together.</summary>
    public const int Pupils = 41_504;

    /// <summary>Pupils on the books of each room that the simulated cameras show: as many as the clips have.</summary>
    public const int PupilsInLiveRooms = 24;

    private static readonly string[] GradeNames =
        ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "初一", "初二", "初三", "高一", "高二", "高三"];

    /// <summary>A school: its names, its first and last grade, classes a grade, and classes more in its first grade.</summary>
    private sealed record Plan(string Name, string NameEn, int First, int Last, int Classes, int More = 0);

    private static readonly Plan[] Plans =
    [
        new("青岚实验小学", "Qinglan Experimental Primary School", 1, 6, 6, 1),
        new("中山路小学", "Zhongshan Road Primary School", 1, 6, 5, 1),
        new("朝阳小学", "Chaoyang Primary School", 1, 6, 5),
        new("育才小学", "Yucai Primary School", 1, 6, 5),
        new("文汇小学", "Wenhui Primary School", 1, 6, 6),
        new("新华路小学", "Xinhua Road Primary School", 1, 6, 4),
        new("明德小学", "Mingde Primary School", 1, 6, 5),
        new("滨河小学", "Binhe Primary School", 1, 6, 5),
        new("向阳小学", "Xiangyang Primary School", 1, 6, 4),
        new("光明小学", "Guangming Primary School", 1, 6, 5),
        new("学府路小学", "Xuefu Road Primary School", 1, 6, 5),
        new("建设路小学", "Jianshe Road Primary School", 1, 6, 4),
        new("翠湖小学", "Cuihu Primary School", 1, 6, 6),
        new("东风小学", "Dongfeng Primary School", 1, 6, 5),
        new("金桥小学", "Jinqiao Primary School", 1, 6, 5),
        new("春晖小学", "Chunhui Primary School", 1, 6, 5),
        new("石桥中心小学", "Shiqiao Central Primary School", 1, 6, 6),
        new("云溪小学", "Yunxi Primary School", 1, 6, 3),
        new("青岚第一初级中学", "Qinglan No. 1 Junior High School", 7, 9, 10),
        new("青岚第二初级中学", "Qinglan No. 2 Junior High School", 7, 9, 8),
        new("求是初级中学", "Qiushi Junior High School", 7, 9, 9),
        new("江滨初级中学", "Jiangbin Junior High School", 7, 9, 8),
        new("博文初级中学", "Bowen Junior High School", 7, 9, 10),
        new("启明初级中学", "Qiming Junior High School", 7, 9, 8),
        new("南山初级中学", "Nanshan Junior High School", 7, 9, 7),
        new("青岚外国语学校", "Qinglan Foreign Language School", 1, 9, 4),
        new("九年一贯树人学校", "Shuren Nine-Year School", 1, 9, 4),
        new("柳林学校", "Liulin School", 1, 9, 3),
        new("青岚第一中学", "Qinglan No. 1 Senior High School", 10, 12, 18),
        new("青岚第二中学", "Qinglan No. 2 Senior High School", 10, 12, 16),
        new("致远高级中学", "Zhiyuan Senior High School", 10, 12, 16),
    ];

    /// <summary>The rooms with simulated cameras: four of the first school, two of the second.</summary>
    public static IReadOnlyList<string> LiveRooms { get; } = ["s01-301", "s01-302", "s01-401", "s01-402", "s02-501", "s02-502"];

    /// <summary>Puts the district into a database that has no school yet.</summary>
    public static async Task SeedAsync(RecordsContext records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await records.Schools.AnyAsync(cancellationToken))
        {
            return;
        }

        for (int i = 0; i < Plans.Length; i++)
        {
            records.Schools.Add(new School { Id = SchoolId(i), Name = Plans[i].Name, NameEn = Plans[i].NameEn, Order = i + 1 });
        }

        records.Rooms.AddRange(MakeRooms(now));
        await records.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether a database has this district.</summary>
    public static async Task<bool> IsInAsync(RecordsContext records, CancellationToken cancellationToken)
    {
        List<string> names = await records.Schools.Select(school => school.NameEn).ToListAsync(cancellationToken);
        return Plans.Select(plan => plan.NameEn).ToHashSet().SetEquals(names);
    }

    /// <summary>All rooms with their enrolment.</summary>
    public static IReadOnlyList<Room> MakeRooms(DateTimeOffset now)
    {
        var rooms = new List<Room>();
        for (int i = 0; i < Plans.Length; i++)
        {
            Plan plan = Plans[i];
            for (int grade = plan.First; grade <= plan.Last; grade++)
            {
                int classes = plan.Classes + (grade == plan.First ? plan.More : 0);
                for (int number = 1; number <= classes; number++)
                {
                    rooms.Add(MakeRoom(SchoolId(i), grade, number, rooms.Count, now));
                }
            }
        }

        Settle(rooms);
        return rooms;
    }

    private static string SchoolId(int index) => string.Create(CultureInfo.InvariantCulture, $"s{index + 1:00}");

    private static Room MakeRoom(string schoolId, int grade, int number, int index, DateTimeOffset now)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{schoolId}-{grade}{number:00}");
        string gradeName = GradeNames[grade - 1];
        // Classes grow a little with the grades, and no two neighbours are the same size.
        int enrolled = (grade <= 6 ? 42 : grade <= 9 ? 44 : 46) + (index * 7 % 9) - 4;
        return new Room
        {
            Id = id,
            SchoolId = schoolId,
            Name = grade <= 6 ? $"{gradeName}{number}班" : $"{gradeName}({number})班",
            Grade = gradeName,
            Enrolled = LiveRooms.Contains(id) ? PupilsInLiveRooms : enrolled,
            KeyRotatedAt = now,
        };
    }

    // Moves pupils in or out one a room until the books add up.
    private static void Settle(List<Room> rooms)
    {
        int missing = Pupils - rooms.Sum(room => room.Enrolled);
        for (int i = 0; missing != 0; i = (i + 1) % rooms.Count)
        {
            if (!LiveRooms.Contains(rooms[i].Id))
            {
                int step = Math.Sign(missing);
                rooms[i].Enrolled += step;
                missing -= step;
            }
        }
    }
}
