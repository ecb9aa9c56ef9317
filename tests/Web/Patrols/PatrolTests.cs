using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Identity;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Bookings;

namespace Xunke.Tests.Web.Patrols;

/// <summary>An inspector goes round the rooms that have a lesson, and what is found is on record once.</summary>
public sealed class PatrolTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_round_leads_to_the_rooms_that_have_a_lesson_now_and_what_is_found_is_there_once(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        (await StopsAsync(school, "inspector")).ShouldBeEmpty("nobody has a lesson in this hour");
        school.GoTo(8, 12);
        school.Show(BookedSchool.Classroom, 38);

        JsonElement stop = (await StopsAsync(school, "inspector")).ShouldHaveSingleItem();
        (Text(stop, "roomId"), Text(stop, "state")).ShouldBe((BookedSchool.Classroom, "live"));
        (Number(stop, "seen"), Number(stop, "expected"), Number(stop, "visits")).ShouldBe((38, 40, 0));
        JsonElement lesson = stop.GetProperty("lesson");
        (Text(lesson, "teacherName"), Text(lesson, "className"), Text(lesson, "subjectName")).ShouldBe(("赵老师", "一年级1班", "品德"));

        JsonElement form = await FormAsync(school);
        using SignedIn inspector = await school.App.SignInAsync("inspector");
        string visit = await VisitAsync(inspector, BookedSchool.Classroom);
        JsonElement found = await SaveAsync(inspector, visit, form, new { }, 39);
        found.GetProperty("isException").GetBoolean().ShouldBeFalse("what is usual is in order");
        (Text(found, "teacherName"), Number(found, "expected"), Number(found, "seen"), Number(found, "present"))
            .ShouldBe(("赵老师", 40, 38, 39), "nobody typed whose lesson it is");

        // A second press, and a correction, are the same one.
        await SaveAsync(inspector, visit, form, new { }, 39);
        JsonElement corrected = await SaveAsync(inspector, visit, form, new { ontime = new { value = 0 } }, 37, "  9:15  开始 ");
        corrected.GetProperty("isException").GetBoolean().ShouldBeTrue();
        Text(corrected, "note").ShouldBe("9:15 开始");
        school.GoTo(8, 14);
        (await inspector.Http.DeleteAsync($"/api/visits/{visit}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        JsonElement listed = (await ListAsync(school, "inspector")).ShouldHaveSingleItem();
        (Number(listed, "present"), Text(listed, "note")).ShouldBe((37, "9:15 开始"));
        listed.GetProperty("minutes").GetDouble().ShouldBe(2, 0.2, "from the visit itself");
        JsonElement round = await school.GetAsync("inspector", "/api/patrols/round");
        round.GetProperty("stops")[0].GetProperty("isDone").GetBoolean().ShouldBeTrue();
        (Number(round.GetProperty("stops")[0], "visits"), Number(round.GetProperty("today"), "rooms"), Number(round.GetProperty("today"), "exceptions"))
            .ShouldBe((1, 1, 1));
        (await school.App.LinesAsync("patrol.saved")).ShouldHaveSingleItem().UserName.ShouldBe("inspector");
        (await school.App.LinesAsync("patrol.changed")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whose_lesson_it_was_reads_what_was_found_and_nobody_elses_does()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        await school.App.AddAccountAsync("other", Role.Inspector, null);
        school.GoTo(8, 5);
        JsonElement form = await FormAsync(school);
        using SignedIn inspector = await school.App.SignInAsync("inspector");
        string visit = await VisitAsync(inspector, BookedSchool.Classroom);
        await SaveAsync(inspector, visit, form, new { }, null);

        foreach ((string who, int rows) in new[] { ("inspector", 1), ("zhao", 1), ("head", 1), ("administrator", 1), ("qian", 0), ("other", 0), ("principal", 0) })
        {
            (await ListAsync(school, who)).Length.ShouldBe(rows, who);
        }

        using SignedIn other = await school.App.SignInAsync("other");
        await (await PutAsync(other, visit, form, new { }, null)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-visit");
    }

    [Fact]
    public async Task What_does_not_fit_the_form_is_refused_and_after_the_day_nothing_is_changed()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        school.GoTo(8, 5);
        JsonElement form = await FormAsync(school);
        using SignedIn inspector = await school.App.SignInAsync("inspector");
        string visit = await VisitAsync(inspector, BookedSchool.Classroom);
        await (await PutAsync(inspector, visit, form, new { nothing = new { value = 1 } }, null))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-answer");
        await (await PutAsync(inspector, visit, form, new { ontime = new { value = 7 } }, null))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-answer");
        await (await PutAsync(inspector, visit, form, new { }, 201)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-count");
        await (await PutAsync(inspector, visit, form, new { }, null, new string('长', 501)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-note");
        (await ListAsync(school, "inspector")).ShouldBeEmpty();

        await SaveAsync(inspector, visit, form, new { }, 40);
        school.Time.Jump(TimeSpan.FromDays(1));
        using SignedIn again = await school.App.SignInAsync("inspector");
        await (await PutAsync(again, visit, form, new { }, 12)).ShouldBeProblem(HttpStatusCode.Conflict, "day-over");
        Number((await ListAsync(school, "inspector")).ShouldHaveSingleItem(), "present").ShouldBe(40);
    }

    [Fact]
    public async Task Coverage_tells_who_was_visited_this_term_and_a_glance_is_no_visit()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        school.GoTo(8, 5);
        using SignedIn inspector = await school.App.SignInAsync("inspector");
        string glance = await VisitAsync(inspector, BookedSchool.Classroom);
        await inspector.Http.DeleteAsync($"/api/visits/{glance}", Cancelled);
        (await TeachersAsync()).ShouldBe([("赵老师", 0), ("钱老师", 0)], ignoreOrder: true);

        (await DueAsync()).ShouldBe(["钱老师"], "Zhao's lesson has begun");
        string visit = await VisitAsync(inspector, BookedSchool.Classroom);
        school.GoTo(8, 20);
        await inspector.Http.DeleteAsync($"/api/visits/{visit}", Cancelled);
        (await TeachersAsync()).ShouldBe([("赵老师", 1), ("钱老师", 0)], ignoreOrder: true);
        JsonElement own = (await school.GetAsync("inspector", "/api/patrols/coverage")).GetProperty("schools").EnumerateArray()
            .Single(one => Text(one, "schoolId") == BookedSchool.Id);
        (Number(own, "teachers"), Number(own, "visited"), Number(own, "visits"), Number(own, "minutes")).ShouldBe((2, 1, 1, 15));

        school.GoTo(10, 5);
        (await DueAsync()).ShouldBeEmpty("the last lesson has begun");

        async Task<string?[]> DueAsync() =>
        [
            .. (await school.GetAsync("inspector", $"/api/patrols/due?schoolId={BookedSchool.Id}")).GetProperty("teachers")
                .EnumerateArray().Select(one => Text(one, "teacherName")),
        ];

        async Task<(string?, int)[]> TeachersAsync() =>
        [
            .. (await school.GetAsync("inspector", $"/api/patrols/coverage?schoolId={BookedSchool.Id}")).GetProperty("teachers")
                .EnumerateArray().Select(one => (Text(one, "teacherName"), Number(one, "visits"))),
        ];
    }

    private static async Task<JsonElement[]> StopsAsync(BookedSchool school, string who) =>
        [.. (await school.GetAsync(who, $"/api/patrols/round?schoolId={BookedSchool.Id}")).GetProperty("stops").EnumerateArray()];

    private static async Task<JsonElement[]> ListAsync(BookedSchool school, string who) =>
        [.. (await school.GetAsync(who, "/api/patrols")).GetProperty("patrols").EnumerateArray()];

    private static async Task<JsonElement> FormAsync(BookedSchool school) =>
        (await school.GetAsync("inspector", "/api/patrols/round")).GetProperty("form");

    private static async Task<string> VisitAsync(SignedIn who, string room) =>
        Text(await (await who.Http.PostAsJsonAsync("/api/visits", new { roomId = room, purpose = "常态巡课" }, Cancelled)).JsonAsync(), "visitId")!;

    private static Task<HttpResponseMessage> PutAsync(
        SignedIn who, string visit, JsonElement form, object answers, int? present, string? note = null) =>
        who.Http.PutAsJsonAsync(
            $"/api/patrols/{visit}",
            new { formId = Text(form, "formId"), version = Number(form, "version"), answers, present, note }, Cancelled);

    private static async Task<JsonElement> SaveAsync(
        SignedIn who, string visit, JsonElement form, object answers, int? present, string? note = null) =>
        await (await PutAsync(who, visit, form, answers, present, note)).JsonAsync();

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
