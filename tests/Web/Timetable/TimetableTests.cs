using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Simulation;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Timetable;

/// <summary>A server with the demo district's timetable.</summary>
public sealed class TimetableServer : IAsyncLifetime
{
    internal RunningApp App { get; private set; } = null!;

    internal TimetableBook Book => App.Services.GetRequiredService<TimetableBook>();

    public async ValueTask InitializeAsync()
    {
        App = await RunningApp.StartAsync(more: ["--Demo:Timetable", "true"]);
        await App.AddAccountAsync("principal2", Role.Principal, "s02");
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>What the rooms have by the timetable, over HTTP and for lessons.</summary>
public sealed class TimetableTests(TimetableServer server) : IClassFixture<TimetableServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateOnly Monday => Weeks.SameWeek(server.Book.Today, 1);

    [Fact]
    public async Task Week_of_a_class_has_its_lessons_with_names()
    {
        using SignedIn inspector = await server.App.SignInAsync("inspector");

        JsonElement week = await GetAsync(inspector, $"/api/timetable/week?classId=s01-c301&date={Monday.AddDays(3):O}");

        (week.GetProperty("schoolId").GetString(), week.GetProperty("name").GetString()).ShouldBe(("s01", "三年级1班"));
        week.GetProperty("from").GetString().ShouldBe(Monday.ToString("O"));
        JsonElement[] days = [.. week.GetProperty("days").EnumerateArray()];
        days.Select(day => day.GetProperty("kind").GetString()).ShouldBe(
            ["teaching", "teaching", "teaching", "teaching", "teaching", "off", "off"]);
        days.ShouldAllBe(day => day.GetProperty("week").GetInt32() == 9);
        JsonElement[] lessons = [.. days.SelectMany(day => day.GetProperty("lessons").EnumerateArray())];
        lessons.Length.ShouldBe(30);
        lessons.Select(lesson => lesson.GetProperty("subjectName").GetString()).ShouldContain("数学");
        lessons.ShouldAllBe(lesson => lesson.GetProperty("roomName").GetString() == "三年级1班"
            && lesson.GetProperty("teacherName").GetString()!.Length >= 2 && lesson.GetProperty("state").GetString() == "held");
    }

    [Fact]
    public async Task Week_of_a_teacher_and_of_a_room_have_the_same_lesson()
    {
        using SignedIn inspector = await server.App.SignInAsync("inspector");
        JsonElement room = await GetAsync(inspector, "/api/timetable/week?roomId=s01-301");
        JsonElement lesson = room.GetProperty("days")[1].GetProperty("lessons")[2];

        JsonElement teacher = await GetAsync(
            inspector, $"/api/timetable/week?teacherId={lesson.GetProperty("teacherId").GetString()}");

        teacher.GetProperty("days")[1].GetProperty("lessons").EnumerateArray().Select(one => one.GetRawText())
            .ShouldContain(lesson.GetRawText());
    }

    [Fact]
    public async Task Every_room_says_what_it_has_now()
    {
        using SignedIn inspector = await server.App.SignInAsync("inspector");

        JsonElement now = await GetAsync(inspector, "/api/timetable/now?schoolId=s01");

        DateTimeOffset at = now.GetProperty("at").GetDateTimeOffset();
        JsonElement[] rooms = [.. now.GetProperty("rooms").EnumerateArray()];
        rooms.Length.ShouldBe(37);
        now.GetProperty("hasPeriods").GetBoolean().ShouldBeTrue();
        rooms.Select(room => IdOf(room, "now")).ShouldBe(rooms.Select(room => PlanOf(room).Now?.EntryId.ToString()));
        rooms.Select(room => IdOf(room, "next")).ShouldBe(rooms.Select(room => PlanOf(room).Next?.EntryId.ToString()));

        RoomPlan PlanOf(JsonElement room) => server.Book.At("s01", room.GetProperty("roomId").GetString()!, at)!;

        static string? IdOf(JsonElement room, string name) =>
            room.GetProperty(name) is { ValueKind: JsonValueKind.Object } lesson ? lesson.GetProperty("entryId").GetString() : null;
    }

    [Fact]
    public async Task School_that_was_changed_is_read_again_and_the_lesson_stays_in_the_week_of_whom_it_was_taken_from()
    {
        DateTimeOffset at = new(Monday.AddDays(7).ToDateTime(new TimeOnly(8, 30)), TimeSpan.Zero);
        SchoolTimetable other = server.Book.Of("s05");
        PlannedLesson lesson = server.Book.Of("s04").At("s04-101", at.ToOffset(TimeSpan.Zero) - TimeZoneInfo.Local.GetUtcOffset(at)).Now!;
        await using (AsyncServiceScope scope = server.App.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            records.TimetableChanges.Add(new TimetableChange
            {
                Id = Guid.NewGuid(),
                EntryId = lesson.EntryId,
                SchoolId = "s04",
                FirstDay = lesson.Date,
                LastDay = lesson.Date,
                Kind = ChangeKind.Substituted,
                TeacherId = "s04-t001",
                Reason = "培训",
                MadeAt = DateTimeOffset.UtcNow,
            });
            await records.SaveChangesAsync(Cancelled);
        }

        await server.Book.ReloadAsync(["s04"], Cancelled);

        server.Book.Of("s05").ShouldBeSameAs(other);
        using SignedIn inspector = await server.App.SignInAsync("inspector");
        JsonElement week = await GetAsync(inspector, $"/api/timetable/week?teacherId={lesson.TeacherId}&date={lesson.Date:O}");
        JsonElement changed = week.GetProperty("days")[0].GetProperty("lessons").EnumerateArray()
            .Single(one => one.GetProperty("entryId").GetGuid() == lesson.EntryId);
        (changed.GetProperty("teacherId").GetString(), changed.GetProperty("change").GetString(), changed.GetProperty("reason").GetString())
            .ShouldBe(("s04-t001", "substituted", "培训"));
        changed.GetProperty("unchanged").GetProperty("teacherId").GetString().ShouldBe(lesson.TeacherId);
    }

    [Fact]
    public async Task Change_in_the_books_counts_at_once_and_only_its_school_is_read_again()
    {
        SchoolTimetable other = server.Book.Of("s05"), own = server.Book.Of("s06");
        using SignedIn administrator = await server.App.SignInAsync("administrator");
        JsonElement rows = await GetAsync(administrator, "/api/books/teachers?schoolId=s06&take=1");
        JsonObject teacher = JsonObject.Create(rows.GetProperty("rows")[0])!;
        teacher["name"] = "新名字";

        using HttpResponseMessage answer = await administrator.Http.PutAsJsonAsync(
            $"/api/books/teachers/{teacher["id"]}", teacher, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
        (await GetAsync(administrator, $"/api/timetable/week?teacherId={teacher["id"]}")).GetProperty("name").GetString().ShouldBe("新名字");
        server.Book.Of("s05").ShouldBeSameAs(other);
        server.Book.Of("s06").ShouldNotBeSameAs(own);
    }

    [Fact]
    public async Task Principal_is_told_nothing_of_another_school()
    {
        using SignedIn principal = await server.App.SignInAsync("principal2");

        (await StatusAsync("now?schoolId=s01")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync("now?schoolId=s02")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("week?classId=s01-c301")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync("week?classId=no-such-class")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync("week?teacherId=s02-t001")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("week?teacherId=s02-t001&roomId=s02-101")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync("week?roomId=s02-101&date=9999-12-31")).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> StatusAsync(string path) =>
            (await principal.Http.GetAsync($"/api/timetable/{path}", Cancelled)).StatusCode;
    }

    [Fact]
    public async Task Demo_timetable_is_made_once()
    {
        await using AsyncServiceScope scope = server.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        int entries = await records.Timetable.CountAsync(Cancelled);

        await DemoTimetable.SeedAsync(records, server.Book.Today, Cancelled);

        (await records.Timetable.CountAsync(Cancelled)).ShouldBe(entries);
        (await records.Teachers.CountAsync(Cancelled)).ShouldBe(DemoTimetable.Teachers);
        (await records.Classes.CountAsync(Cancelled)).ShouldBe(965);
    }

    private static async Task<JsonElement> GetAsync(SignedIn caller, string path) =>
        await (await caller.Http.GetAsync(path, Cancelled)).EnsureSuccessStatusCode().JsonAsync();
}
