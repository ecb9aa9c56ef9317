using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Media;
using Xunke.Web.Schools;

namespace Xunke.Tests.Web;

/// <summary>Schools, rooms and accounts from CSV files.</summary>
public sealed class BooksTests : IDisposable
{
    private const string Schools = """
        学校编号,学校,英文名,教室编号,教室,年级,人数
        lake,湖滨小学,Lakeside Primary School,lake-101,一年级1班,一年级,41
        lake,湖滨小学,,lake-102,"一年级2班,东楼",一年级,42
        hill-2,山前中学,,hill-2-a1,高一(1)班,高一,45
        """;

    private const string Accounts = """
        帐号,姓名,角色,学校编号
        zhao.lei,赵磊,校长,lake
        qian,钱芳,督导,
        sun,孙静,administrator,
        """;

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("xunke-books-");

    private string Data => Path.Combine(_files.FullName, "data");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public async Task A_district_from_files_is_served_and_its_principal_sees_only_the_own_school()
    {
        await using RunningApp app = await StartAsync(Write("schools.csv", Schools), Write("accounts.csv", Accounts));
        string file = app.Services.GetRequiredService<StartNotices>().NewAccounts.ShouldNotBeNull().File;
        IReadOnlyDictionary<string, string> passwords = ReadPasswords(file);

        using HttpClient principal = await SignInAsync(app, "zhao.lei", passwords["zhao.lei"]);
        using HttpClient inspector = await SignInAsync(app, "qian", passwords["qian"]);
        using HttpResponseMessage own = await principal.GetAsync(new Uri("/api/schools", UriKind.Relative));
        using HttpResponseMessage rooms = await principal.GetAsync(new Uri("/api/schools/lake/rooms", UriKind.Relative));
        using HttpResponseMessage other = await principal.GetAsync(new Uri("/api/rooms/hill-2-a1", UriKind.Relative));
        using HttpResponseMessage all = await inspector.GetAsync(new Uri("/api/schools", UriKind.Relative));

        (await own.JsonAsync()).EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("nameEn").GetString().ShouldBe("Lakeside Primary School");
        JsonElement[] lake = [.. (await rooms.JsonAsync()).EnumerateArray()];
        lake.Select(room => room.GetProperty("name").GetString()).ShouldBe(["一年级1班", "一年级2班,东楼"]);
        lake.Select(room => room.GetProperty("enrolled").GetInt32()).ShouldBe([41, 42]);
        await other.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await all.JsonAsync()).EnumerateArray().Select(school => school.GetProperty("schoolId").GetString()).ShouldBe(["lake", "hill-2"]);
        passwords.Values.Distinct().Count().ShouldBe(3);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Every_wrong_row_of_both_files_is_named_and_nothing_is_written()
    {
        string schools = Write("schools.csv", """
            school_id,school,room_id,room,grade,enrolled
            lake,湖滨小学,lake-101,一班,一年级,41
            lake,湖滨小学,lake-101,二班,一年级,41
            Lake,湖滨小学,Lake-103,三班,一年级,41
            lake,湖滨小学,hill-104,四班,一年级,41
            lake,湖滨小学,lake-105,,一年级,41

            lake,湖滨小学,lake-106,六班,一年级,0
            lake,湖滨小学,lake-107,七班,一年级,101
            lake,湖边小学,lake-108,八班,一年级,41
            lake,湖滨小学,lake-109,九,班,一年级,41
            lake,湖滨小学,lake-110,"十班,一年级,41
            lake,湖滨小学,lake-111,十一班,一年级,41
            """);
        string accounts = Write("accounts.csv", """
            user,name,role,school_id
            a,甲,校长,lake
            A,乙,督导,
            b,丙,校长,
            c,丁,校长,nowhere
            d,戊,督导,lake
            e,,主任,
            =f,己,督导,
            Console,庚,督导,
            """);

        StartupException refused = await Should.ThrowAsync<StartupException>(() => StartAsync(schools, accounts));

        int[] Rows(string file) =>
        [
            .. refused.Message.Split('\n').Where(line => line.Contains(file, StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split(" row ")[1].Split(':')[0])),
        ];
        Rows(schools).ShouldBe([3, 4, 5, 6, 8, 9, 10, 11, 12], refused.Message);
        Rows(accounts).ShouldBe([3, 4, 5, 6, 7, 8, 9], refused.Message);
        File.Exists(Path.Combine(Data, NewAccounts.FileName)).ShouldBeFalse();
        File.Exists(Path.Combine(Data, AccountSeed.FirstAdministratorFile)).ShouldBeFalse();
        await using RunningApp after = await StartAsync();
        after.Services.GetRequiredService<SchoolBook>().Schools.ShouldBeEmpty();
        await using AsyncServiceScope scope = after.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().Users.Select(account => account.UserName).ToListAsync())
            .ShouldBe(["administrator"]);
    }

    [Fact]
    public async Task Wrong_files_end_the_program_with_exit_code_2_and_no_stack_trace()
    {
        string schools = Write("schools.csv", "学校编号,学校\nlake,湖滨小学\n");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(["--no-demo", "--urls", "http://127.0.0.1:0", "--Media:UdpPort", "0", "--data", Data, "--schools", schools],
            start.ArgumentList.Add);
        using Process server = Process.Start(start)!;

        string error = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        server.ExitCode.ShouldBe(2, error);
        error.ShouldContain("教室编号 room_id");
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_second_import_updates_the_books_and_keeps_keys_accounts_and_what_the_file_leaves_out()
    {
        IReadOnlyDictionary<string, string> passwords;
        string key;
        await using (RunningApp first = await StartAsync(Write("schools.csv", Schools), Write("accounts.csv", Accounts)))
        {
            SchoolBook kept = first.Services.GetRequiredService<SchoolBook>();
            await first.Services.GetRequiredService<AuditTrail>()
                .CommitAsync(deed => kept.RotateKeyAsync(deed, "lake-101", DateTimeOffset.UtcNow));
            key = first.Services.GetRequiredService<WhipKeys>().KeyOf("lake-101");
            passwords = ReadPasswords(Path.Combine(Data, NewAccounts.FileName));
        }

        await using RunningApp second = await StartAsync(
            Write("schools.csv",
                "school_id,school,room_id,room,grade,enrolled\nlake,湖滨实验小学,lake-101,二年级1班,二年级,40\nlake,湖滨实验小学,lake-103,一年级3班,一年级,39\n"),
            Write("accounts.csv", "user,name,role,school_id\nZHAO.LEI,赵磊,督导,\nli,李强,督导,\n"));

        SchoolBook book = second.Services.GetRequiredService<SchoolBook>();
        book.Schools.Select(school => school.SchoolId).ShouldBe(["lake", "hill-2"]);
        SchoolEntry lake = book.FindSchool("lake").ShouldNotBeNull();
        (lake.Name, lake.NameEn).ShouldBe(("湖滨实验小学", "Lakeside Primary School"));
        lake.Rooms.Select(room => (room.RoomId, room.Grade, room.Enrolled))
            .ShouldBe([("lake-101", "二年级", 40), ("lake-102", "一年级", 42), ("lake-103", "一年级", 39)]);
        second.Services.GetRequiredService<WhipKeys>().KeyOf("lake-101").ShouldBe(key);
        second.Services.GetRequiredService<StartNotices>().NewAccounts.ShouldNotBeNull().Count.ShouldBe(1);
        IReadOnlyDictionary<string, string> after = ReadPasswords(Path.Combine(Data, NewAccounts.FileName));
        after.Keys.ShouldBe(["zhao.lei", "qian", "sun", "li"]);
        using HttpClient principal = await SignInAsync(second, "zhao.lei", passwords["zhao.lei"]);
        using HttpResponseMessage session = await principal.GetAsync(new Uri("/api/session", UriKind.Relative));
        (await session.JsonAsync()).GetProperty("role").GetString().ShouldBe("principal");
        await using AsyncServiceScope scope = second.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit
            .Where(line => line.Action == "books.imported").OrderBy(line => line.Id).Select(line => line.Subject).ToListAsync())
            .ShouldBe(
            [
                "schools: 2, rooms: 3; not in the file and left alone: 0 schools, 0 rooms",
                "accounts: 3 new, 0 as they were",
                "schools: 1, rooms: 2; not in the file and left alone: 1 schools, 2 rooms",
                "accounts: 1 new, 1 as they were",
            ]);
    }

    [Fact]
    public async Task A_room_does_not_move_to_another_school()
    {
        await using (await StartAsync(Write("schools.csv", Schools)))
        {
        }

        string moved = Write("moved.csv", "school_id,school,room_id,room,grade,enrolled\nhill,山中学,hill-2-a1,高一(1)班,高一,45\n");

        StartupException refused = await Should.ThrowAsync<StartupException>(() => StartAsync(moved));

        refused.Message.ShouldContain("hill-2-a1");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public async Task Files_are_read_as_spreadsheets_save_them(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        // In .NET, UTF-8 has a byte order mark and GB18030 has none.
        string schools = Path.Combine(_files.FullName, "schools.csv");
        await File.WriteAllTextAsync(schools, Schools.ReplaceLineEndings("\r\n"), encoding);
        (File.ReadAllBytes(schools)[0] == 0xEF).ShouldBe(name == "utf-8");

        await using RunningApp app = await StartAsync(schools);

        SchoolBook book = app.Services.GetRequiredService<SchoolBook>();
        book.Schools.Select(school => school.Name).ShouldBe(["湖滨小学", "山前中学"]);
        book.FindRoom("hill-2-a1").ShouldNotBeNull().Name.ShouldBe("高一(1)班");
    }

    [Fact]
    public async Task Made_up_schools_and_real_ones_do_not_mix()
    {
        string schools = Write("schools.csv", Schools);

        StartupException refused = await Should.ThrowAsync<StartupException>(() => RunningApp.StartAsync(Data, "--schools", schools));

        refused.Message.ShouldContain("--no-demo");
        await using RunningApp after = await StartAsync(schools);
        after.Services.GetRequiredService<SchoolBook>().Schools.Select(school => school.SchoolId).ShouldBe(["lake", "hill-2"]);
    }

    private Task<RunningApp> StartAsync(string? schools = null, string? accounts = null)
    {
        string[] files =
            [.. schools is null ? [] : new[] { "--schools", schools }, .. accounts is null ? [] : new[] { "--accounts", accounts }];
        return RunningApp.StartAsync(Data, ["--no-demo", .. files]);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static IReadOnlyDictionary<string, string> ReadPasswords(string file) =>
        File.ReadAllLines(file).Skip(1).Select(line => line.Split(',')).ToDictionary(fields => fields[0], fields => fields[2]);

    private static async Task<HttpClient> SignInAsync(RunningApp app, string userName, string password)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = app.Address };
        using HttpResponseMessage answer = await client.PostAsJsonAsync("/api/session", new { userName, password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return client;
    }
}
