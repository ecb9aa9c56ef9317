using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Tests.Web.Audit;

namespace Xunke.Tests.Web.Bookings;

/// <summary>A recording room is booked, somebody else approves, and the lesson is recorded by itself.</summary>
public sealed class BookingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_booked_lesson_is_approved_recorded_from_its_time_to_its_end_and_goes_to_its_teacher(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        JsonElement asked = await (await school.BookAsync("zhao", 1)).JsonAsync();
        (Text(asked, "state"), Text(asked, "className"), Text(asked, "subjectName"), Text(asked, "teacherName"))
            .ShouldBe(("asked", "一年级1班", "品德", "赵老师"), "the timetable has the teacher's lesson");
        Guid id = BookedSchool.IdOf(asked);
        (await school.FindAsync("qian", id)).ShouldBeNull("it is another teacher's");
        (await school.FindAsync("head", id))!.Value.GetProperty("mayDecide").GetBoolean().ShouldBeTrue();

        JsonElement approved = await (await school.DecideAsync("head", id)).JsonAsync();
        (Text(approved, "state"), Text(approved, "decidedBy")).ShouldBe(("approved", "head"));

        school.GoTo(8, 1);
        school.Show(BookedSchool.Room, 30);
        await school.BecomesAsync(id, "recording");
        JsonElement room = (await school.GetAsync("head", $"/api/rooms/{BookedSchool.Room}/bookings")).GetProperty("now");
        (Text(room, "by"), Text(room, "approvedBy"), Text(room, "reason")).ShouldBe(("zhao", "head", "区级公开课"));
        room.GetProperty("until").GetDateTimeOffset().ShouldBe(approved.GetProperty("to").GetDateTimeOffset());
        ActiveRecording active = school.App.Services.GetRequiredService<ActiveRecordings>().All.ShouldHaveSingleItem();
        active.Record.Until.ShouldBe(approved.GetProperty("to").GetDateTimeOffset());

        school.GoTo(8, 41);
        JsonElement over = await school.BecomesAsync(id, "recorded");
        over.GetProperty("recordingId").GetGuid().ShouldBe(active.Record.Id);
        (await school.FindAsync("zhao", id))!.Value.GetProperty("recordingId").GetGuid().ShouldBe(active.Record.Id);
        (await Recordings("zhao")).ShouldBe([active.Record.Id]);
        (await school.PostAsync("zhao", $"/api/recordings/{active.Record.Id}/plays")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Recordings("qian")).ShouldBeEmpty();
        (await school.PostAsync("qian", $"/api/recordings/{active.Record.Id}/plays")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach ((string action, string by) in new[]
        {
            ("booking.asked", "zhao"), ("booking.approved", "head"), ("booking.recorded", "system"),
        })
        {
            (await school.App.LinesAsync(action)).ShouldHaveSingleItem().UserName.ShouldBe(by);
        }

        async Task<Guid[]> Recordings(string userName) =>
        [
            .. (await school.GetAsync(userName, "/api/recordings")).EnumerateArray()
                .Select(recording => recording.GetProperty("recordingId").GetGuid()),
        ];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_taken_is_refused_with_what_is_free_instead_and_of_two_at_once_one_gets_it(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        HttpResponseMessage[] both = await Task.WhenAll(school.BookAsync("zhao", 3), school.BookAsync("qian", 3));
        both.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict]);

        JsonElement taken = await (await school.BookAsync("head", 3)).ShouldBeProblem(HttpStatusCode.Conflict, "room-taken");
        Text(taken, "detail")!.ShouldContain("这天还空着：第1节、第2节、第4节");
        Numbers(taken).ShouldBe([1, 2, 4]);
        taken.GetProperty("freeRooms").GetArrayLength().ShouldBe(0, "in the other recording room is a lesson");

        // The timetable has Qian's lesson there then: nobody else gets the room, Qian's own lesson may be booked.
        JsonElement lesson = await (await school.BookAsync("zhao", 3, BookedSchool.OtherRoom))
            .ShouldBeProblem(HttpStatusCode.Conflict, "room-taken");
        lesson.GetProperty("taken")[0].GetProperty("isLesson").GetBoolean().ShouldBeTrue();
        (await school.BookAsync("qian", 3, BookedSchool.OtherRoom)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await (await school.BookAsync("zhao", 1)).JsonAsync();
        JsonElement first = await (await school.BookAsync("qian", 1)).ShouldBeProblem(HttpStatusCode.Conflict, "room-taken");
        first.GetProperty("freeRooms").EnumerateArray().Select(room => Text(room, "name")).ShouldBe(["二号录播教室"]);

        static int[] Numbers(JsonElement problem) =>
            [.. problem.GetProperty("freePeriods").EnumerateArray().Select(period => period.GetProperty("number").GetInt32())];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_does_not_come_is_noted_and_who_comes_is_not(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        Guid off = await school.BookApprovedAsync("zhao", 1), empty = await school.BookApprovedAsync("zhao", 1, BookedSchool.OtherRoom);
        Guid came = await school.BookApprovedAsync("zhao", 2);
        school.GoTo(8, 1);
        school.Show(BookedSchool.OtherRoom, 0);
        await school.BecomesAsync(off, "recording");
        await school.BecomesAsync(empty, "recording");
        school.GoTo(8, 41);
        Text(await school.BecomesAsync(off, "noShow"), "fault").ShouldBe("camera-off");
        Text(await school.BecomesAsync(empty, "noShow"), "fault").ShouldBe("room-empty");
        (await school.App.LinesAsync("booking.no-show")).Count.ShouldBe(2);

        school.GoTo(9, 1);
        await school.BecomesAsync(came, "recording");
        school.Show(BookedSchool.Room, 1);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancelled);
        school.GoTo(9, 41);
        (await school.BecomesAsync(came, "recorded")).GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_server_that_is_started_again_in_the_middle_goes_on_and_one_that_was_off_all_the_time_says_so()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("xunke-bookings-");
        try
        {
            var time = new Hosting.JumpingTime();
            Guid going, missed, late;
            await using (BookedSchool first = await BookedSchool.StartAsync(data.FullName, time, []))
            {
                await first.LayOutAsync();
                going = await first.BookApprovedAsync("zhao", 1);
                missed = await first.BookApprovedAsync("zhao", 2);
                late = await first.BookApprovedAsync("zhao", 3);
                first.GoTo(8, 1);
                await first.BecomesAsync(going, "recording");
                first.Show(BookedSchool.Room, 30);
                await Task.Delay(TimeSpan.FromSeconds(5), Cancelled);
            }

            await using (BookedSchool second = await BookedSchool.StartAsync(data.FullName, time, []))
            {
                ActiveRecording active = second.App.Services.GetRequiredService<ActiveRecordings>().All.ShouldHaveSingleItem();
                time.Jump(TimeSpan.FromMinutes(40));
                await second.BecomesAsync(going, "recorded");
                (await second.App.AuditOfAsync(active.Record.Id)).Select(line => line.Action)
                    .ShouldBe(["recording.started", "recording.resumed-at-start", "recording.stopped"]);
            }

            // To the last ten minutes of the third period.
            time.Jump(TimeSpan.FromMinutes(109));
            await using BookedSchool third = await BookedSchool.StartAsync(data.FullName, time, []);
            Text(await third.BecomesAsync(missed, "expired"), "fault").ShouldBe("server-off");
            await third.BecomesAsync(late, "recording");
            time.Jump(TimeSpan.FromMinutes(11));
            Text(await third.BecomesAsync(late, "recorded"), "fault").ShouldBeNull("a server that came late cannot say that nobody did");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_room_is_booked_a_day_ahead_for_a_period_that_it_has_and_by_its_own_kind_only()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        DateOnly today = school.Tomorrow.AddDays(-1);
        JsonElement early = await (await school.PostAsync("zhao", "/api/bookings", new
        {
            roomId = BookedSchool.Room,
            date = today,
            period = 4,
            purpose = "公开课",
        })).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-date");
        Text(early, "firstDate").ShouldBe(school.Tomorrow.ToString("O"));
        await (await school.BookAsync("zhao", 7)).ShouldBeProblem(HttpStatusCode.BadRequest, "no-period");
        await (await school.BookAsync("zhao", 4, BookedSchool.Classroom)).ShouldBeProblem(HttpStatusCode.BadRequest, "no-recording-room");
        await (await school.BookAsync("zhao", 4, "s01-101")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        JsonElement week = await school.GetAsync("zhao", $"/api/bookings/calendar?date={school.Tomorrow:O}");
        week.GetProperty("rooms").EnumerateArray().Select(room => Text(room, "name")).ShouldBe(["录播教室", "二号录播教室"]);
        JsonElement taken = week.GetProperty("taken").EnumerateArray().ShouldHaveSingleItem();
        (Text(taken, "by"), taken.GetProperty("isLesson").GetBoolean(), taken.GetProperty("isOwn").GetBoolean())
            .ShouldBe(("钱老师 一年级1班 品德", true, false));
    }

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();
}
