using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Hosting;
using Xunke.Web.Live;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Bookings;

/// <summary>
/// A server of its own with a school that books: two recording rooms (8 and 9) and a classroom (1), four periods from 08:00 to 11:40 on
/// every day, Zhao's lesson in the classroom tomorrow in the first period and Qian's in room 9 tomorrow in the third.
/// </summary>
internal sealed class BookedSchool : IAsyncDisposable
{
    public const string Id = "b01";
    public const string Room = "b01-8", OtherRoom = "b01-9", Classroom = "b01-1";

    private BookedSchool(RunningApp app, JumpingTime time) => (App, Time) = (app, time);

    public RunningApp App { get; }

    public JumpingTime Time { get; }

    public DateOnly Tomorrow { get; private init; }

    /// <summary>Starts the server and puts the school on its books.</summary>
    public static async Task<BookedSchool> StartAsync(bool postgreSql, params string[] more)
    {
        string[] database = postgreSql ? ["--database", await SharedPostgres.MakeDatabaseAsync()] : [];
        BookedSchool school = await StartAsync(null, new JumpingTime(), [.. database, .. more]);
        await school.LayOutAsync();
        return school;
    }

    /// <summary>Starts a server on a directory where the school may be on the books.</summary>
    public static async Task<BookedSchool> StartAsync(string? data, JumpingTime time, string[] more)
    {
        RunningApp app = await RunningApp.StartAsync(data, services => services.AddSingleton<TimeProvider>(time), more);
        return new BookedSchool(app, time) { Tomorrow = app.Services.GetRequiredService<TimetableBook>().Today.AddDays(1) };
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>Puts the school on the books.</summary>
    public async Task LayOutAsync()
    {
        using SignedIn administrator = await App.SignInAsync("administrator");
        await AddAsync("schools", new { id = Id, name = "预约小学" });
        string term = await AddAsync("terms", new
        {
            name = "本学期",
            firstDay = Tomorrow.AddDays(-30),
            lastDay = Tomorrow.AddDays(100),
            uncountedWeeks = Array.Empty<int>(),
        });
        await AddAsync("day-plans", new
        {
            schoolId = Id,
            name = "作息",
            weekdays = new[] { 1, 2, 3, 4, 5, 6, 7 },
            periods = Enumerable.Range(1, 4).Select(number =>
                new { number, name = $"第{number}节", kind = "lesson", from = $"{7 + number:00}:00", to = $"{7 + number:00}:40" }),
        });
        string subject = await AddAsync("subjects", new { name = "品德", nameEn = "Ethics", order = 90 });
        await RoomAsync(Classroom, "教室1", "classroom");
        await RoomAsync(Room, "录播教室", "recordingRoom");
        await RoomAsync(OtherRoom, "二号录播教室", "recordingRoom");
        string one = await AddAsync("classes", new
        {
            schoolId = Id,
            name = "一年级1班",
            grade = "一年级",
            enrolled = 40,
            roomId = Classroom,
        });
        foreach ((string userName, Role role) in new[]
        {
            ("zhao", Role.Teacher), ("qian", Role.Teacher), ("head", Role.Principal), ("clerk", Role.SchoolAdministrator),
        })
        {
            await App.AddAccountAsync(userName, role, Id);
        }

        await AddAsync("teachers", Teacher("赵老师", "zhao"));
        await AddAsync("teachers", Teacher("钱老师", "qian"));
        var teachers = (await (await administrator.Http.GetAsync($"/api/books/teachers?schoolId={Id}")).JsonAsync())
            .GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("userName").GetString()!, row => row.GetProperty("id").GetString()!);
        await AddAsync("timetable", Entry(teachers["zhao"], 1, null));
        await AddAsync("timetable", Entry(teachers["qian"], 3, OtherRoom));

        Task<string> RoomAsync(string id, string name, string use) =>
            AddAsync("rooms", new { id, schoolId = Id, name, grade = "一年级", enrolled = 40, use });

        object Teacher(string name, string userName) => new { schoolId = Id, name, userName, subjectIds = Array.Empty<string>() };

        object Entry(string teacherId, int period, string? roomId) => new
        {
            schoolId = Id,
            termId = term,
            weekday = (((int)Tomorrow.DayOfWeek + 6) % 7) + 1,
            period,
            firstWeek = 1,
            rotation = 1,
            turns = 1,
            classId = one,
            subjectId = subject,
            teacherId,
            roomId,
        };

        async Task<string> AddAsync(string book, object row) =>
            (await (await administrator.Http.PostAsJsonAsync($"/api/books/{book}", row)).JsonAsync()).GetProperty("id").GetString()!;
    }

    /// <summary>Says how the school records.</summary>
    public async Task RuleAsync(string askers, string approval, int longestMinutes = 90, int? keepDays = null)
    {
        using SignedIn administrator = await App.SignInAsync("administrator");
        using HttpResponseMessage known = await administrator.Http.GetAsync($"/api/books/recording-rules?schoolId={Id}");
        JsonElement[] rows = [.. (await known.JsonAsync()).GetProperty("rows").EnumerateArray()];
        string? version = rows.Length == 0 ? null : rows[0].GetProperty("version").GetString();
        var row = new { id = version is null ? null : Id, schoolId = Id, askers, approval, longestMinutes, keepDays, version };
        await (version is null
            ? await administrator.Http.PostAsJsonAsync("/api/books/recording-rules", row)
            : await administrator.Http.PutAsJsonAsync($"/api/books/recording-rules/{Id}", row)).JsonAsync();
    }

    /// <summary>Makes the server's clock show a time of tomorrow's.</summary>
    public void GoTo(int hour, int minute)
    {
        var shown = new DateTimeOffset(Tomorrow.ToDateTime(new TimeOnly(hour, minute)), TimeZoneInfo.Local.GetUtcOffset(DateTime.Now));
        Time.Jump(shown - Time.GetUtcNow());
    }

    /// <summary>Asks, as somebody, for something that is answered as it is.</summary>
    public async Task<HttpResponseMessage> PostAsync(string userName, string address, object? body = null)
    {
        using SignedIn who = await App.SignInAsync(userName);
        return await who.Http.PostAsJsonAsync(address, body ?? new { });
    }

    /// <summary>What somebody is answered.</summary>
    public async Task<JsonElement> GetAsync(string userName, string address)
    {
        using SignedIn who = await App.SignInAsync(userName);
        return await (await who.Http.GetAsync(address)).JsonAsync();
    }

    /// <summary>Books a room for tomorrow.</summary>
    public Task<HttpResponseMessage> BookAsync(string userName, int period, string room = Room, string? teacherId = null) => PostAsync(
        userName, "/api/bookings", new { roomId = room, date = Tomorrow, period, purpose = "区级公开课", teacherId });

    /// <summary>Books a room for tomorrow, which somebody approves.</summary>
    public async Task<Guid> BookApprovedAsync(string userName, int period, string room = Room)
    {
        Guid id = IdOf(await (await BookAsync(userName, period, room)).JsonAsync());
        await (await DecideAsync("head", id)).JsonAsync();
        return id;
    }

    /// <summary>Approves, or refuses with a reason.</summary>
    public Task<HttpResponseMessage> DecideAsync(string userName, Guid id, string? reason = null) =>
        PostAsync(userName, $"/api/bookings/{id}/decision", new { approve = reason is null, reason });

    /// <summary>A booking as somebody sees it; none where that person does not.</summary>
    public async Task<JsonElement?> FindAsync(string userName, Guid id)
    {
        JsonElement[] found =
        [
            .. (await GetAsync(userName, "/api/bookings")).GetProperty("bookings").EnumerateArray()
                .Where(booking => IdOf(booking) == id),
        ];
        return found.Length == 0 ? null : found[0];
    }

    /// <summary>Waits until a booking has come to a state.</summary>
    public async Task<JsonElement> BecomesAsync(Guid id, string state)
    {
        JsonElement? last = null;
        await Eventually.TrueAsync(
            async () => (last = await FindAsync("administrator", id))?.GetProperty("state").GetString() == state,
            TimeSpan.FromSeconds(40));
        return last!.Value;
    }

    /// <summary>The room's camera shows so many people from now on.</summary>
    public void Show(string room, int people) => App.Services.GetRequiredService<LiveBoard>().Publish(
        Views.Room(room, Time.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds(), people) with { Poses = [] });

    public static Guid IdOf(JsonElement booking) => booking.GetProperty("bookingId").GetGuid();
}
