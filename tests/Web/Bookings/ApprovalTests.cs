using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Tests.Web.Audit;
using Xunke.Web.Clock;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Bookings;

/// <summary>A school's rule says who asks and who approves; nobody approves what he has asked for.</summary>
public sealed class ApprovalTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_approves_an_own_request_and_the_rule_says_who_does()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        Guid own = BookedSchool.IdOf(await (await school.BookAsync("head", 1)).JsonAsync());
        await (await school.DecideAsync("head", own)).ShouldBeProblem(HttpStatusCode.Forbidden, "own-booking");
        await (await school.DecideAsync("zhao", own)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await school.DecideAsync("clerk", own)).StatusCode.ShouldBe(HttpStatusCode.OK, "as usual the school's administrator may");

        await school.RuleAsync("teachersAndInspectors", "principal");
        Guid asked = BookedSchool.IdOf(await (await school.BookAsync("zhao", 2)).JsonAsync());
        await (await school.DecideAsync("clerk", asked)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-approver");
        (await school.FindAsync("clerk", asked))!.Value.GetProperty("mayDecide").GetBoolean().ShouldBeFalse();
        Guid heads = BookedSchool.IdOf(await (await school.BookAsync("head", 4)).JsonAsync());
        (await school.DecideAsync("administrator", heads)).StatusCode.ShouldBe(HttpStatusCode.OK, "the district's always may");

        await (await school.DecideAsync("head", asked, "无")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-refusal");
        JsonElement refused = await (await school.DecideAsync("head", asked, "教室要检修")).JsonAsync();
        (refused.GetProperty("state").GetString(), refused.GetProperty("reason").GetString()).ShouldBe(("refused", "教室要检修"));
        await (await school.DecideAsync("head", asked)).ShouldBeProblem(HttpStatusCode.Conflict, "booking-over");
        (await school.BookAsync("qian", 2)).StatusCode.ShouldBe(HttpStatusCode.Created, "what was refused takes no room");
    }

    [Fact]
    public async Task The_rule_says_who_may_ask_how_long_and_that_nobody_needs_to_approve()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        await school.RuleAsync("inspectors", "notNeeded");
        await (await school.BookAsync("zhao", 1)).ShouldBeProblem(HttpStatusCode.Forbidden, "asking-not-allowed");
        JsonElement free = await (await school.BookAsync("inspector", 1)).JsonAsync();
        (free.GetProperty("state").GetString(), free.GetProperty("decidedBy").ValueKind).ShouldBe(("approved", JsonValueKind.Null));

        await school.RuleAsync("nobody", "notNeeded");
        await (await school.BookAsync("inspector", 2)).ShouldBeProblem(HttpStatusCode.Forbidden, "asking-not-allowed");
        (await school.BookAsync("clerk", 2)).StatusCode.ShouldBe(HttpStatusCode.Created, "who decides may ask");

        await school.RuleAsync("teachers", "school", longestMinutes: 30);
        await (await school.BookAsync("zhao", 4)).ShouldBeProblem(HttpStatusCode.BadRequest, "period-too-long");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_teacher_asks_for_the_own_lesson_that_is_on_and_it_ends_with_the_lesson(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        school.GoTo(8, 20);
        await (await AskAsync("qian")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-lesson");
        JsonElement asked = await (await AskAsync("zhao")).JsonAsync();
        (asked.GetProperty("to").GetDateTimeOffset() - school.Time.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromMinutes(20.5));
        Guid id = BookedSchool.IdOf(asked);
        JsonElement room = await school.GetAsync("inspector", $"/api/rooms/{BookedSchool.Classroom}/bookings");
        room.GetProperty("now").ValueKind.ShouldBe(JsonValueKind.Null, "nobody has approved it");
        room.GetProperty("today")[0].GetProperty("state").GetString().ShouldBe("asked");
        await (await school.DecideAsync("clerk", id)).JsonAsync();
        await school.BecomesAsync(id, "recording");

        (await school.PostAsync("zhao", $"/api/bookings/{id}/withdrawal")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await school.BecomesAsync(id, "recorded");
        school.App.Services.GetRequiredService<ActiveRecordings>().All.ShouldBeEmpty("who asked has ended it");

        Guid late = BookedSchool.IdOf(await (await AskAsync("zhao")).JsonAsync());
        school.GoTo(8, 41);
        (await school.BecomesAsync(late, "expired")).GetProperty("fault").GetString().ShouldBe("undecided");
        await (await school.DecideAsync("head", late)).ShouldBeProblem(HttpStatusCode.Conflict, "booking-over");

        Task<HttpResponseMessage> AskAsync(string userName) => school.PostAsync(
            userName, "/api/bookings/now", new { roomId = BookedSchool.Classroom, minutes = 60, purpose = "磨课" });
    }

    [Fact]
    public async Task What_is_withdrawn_in_time_is_not_recorded_and_only_who_asked_withdraws_it()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        Guid id = await school.BookApprovedAsync("zhao", 1);
        await (await school.PostAsync("qian", $"/api/bookings/{id}/withdrawal")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-booking");
        await (await school.PostAsync("head", $"/api/bookings/{id}/withdrawal")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await school.PostAsync("zhao", $"/api/bookings/{id}/withdrawal")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Guid other = await school.BookApprovedAsync("qian", 1);
        school.GoTo(8, 1);
        await school.BecomesAsync(other, "recording");
        (await school.FindAsync("zhao", id))!.Value.GetProperty("state").GetString().ShouldBe("withdrawn");
        (await school.App.LinesAsync("recording.started")).ShouldHaveSingleItem().UserName.ShouldBe("qian");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_booked_recording_is_kept_for_the_days_of_the_rule(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql, "--Retention:RecordingDays", "10");
        await school.RuleAsync("teachers", "school", keepDays: 40);
        Guid id = await school.BookApprovedAsync("zhao", 1);
        school.GoTo(8, 1);
        await school.BecomesAsync(id, "recording");
        school.GoTo(8, 41);
        school.Show(BookedSchool.Room, 20);
        await school.BecomesAsync(id, "noShow");

        (await AgedAsync(39)).ShouldNotBeNull();
        (await AgedAsync(2)).ShouldBeNull();

        async Task<Recording?> AgedAsync(int days)
        {
            school.Time.Jump(TimeSpan.FromDays(days));
            school.App.Services.GetRequiredService<ClockWatch>().Confirm();
            await school.App.Services.GetRequiredService<NightlyRun>().DeleteAsync(Cancelled);
            string subject = (await school.App.LinesAsync("recording.started")).ShouldHaveSingleItem().Subject;
            return await school.App.StoredAsync(Guid.Parse(subject.AsSpan(0, 36)));
        }
    }
}
