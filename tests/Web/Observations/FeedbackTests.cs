using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Tests.Web.Audit;
using static Xunke.Tests.Web.Observations.ObservedLesson;

namespace Xunke.Tests.Web.Observations;

/// <summary>What becomes of an observation with its teacher, and who may see it.</summary>
public abstract class FeedbackTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_teacher_reads_it_with_the_same_digits_and_the_observer_learns_when()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), teacher =
            await fixture.App.SignInAsync(lesson.Taught.UserName);
        JsonElement draft = await lesson.BeginAsync(inspector);
        (await ListAsync(teacher, lesson)).ShouldBeEmpty("a draft is nobody's but the observer's");
        await (await teacher.Http.GetAsync(AddressOf(draft), Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-observation");

        string address = await lesson.SendAsync(inspector);
        (await ReadAsync(inspector, address)).GetProperty("readAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ListAsync(teacher, lesson)).ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("sent", "a list is no reading");

        JsonElement read = await ReadAsync(teacher, address);
        (read.GetProperty("state").GetString(), read.GetProperty("isTeacher").GetBoolean()).ShouldBe(("read", true));
        JsonElement seen = await ReadAsync(inspector, address);
        seen.GetProperty("readAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        seen.GetProperty("total").ToString().ShouldBe(read.GetProperty("total").ToString());
        await ReadAsync(teacher, address);
        (await ReadAsync(inspector, address)).GetProperty("readAt")
            .ToString().ShouldBe(seen.GetProperty("readAt").ToString(), "the first time counts");
        (await fixture.App.LinesAsync("observation.read", address.Split('/')[^1])).ShouldHaveSingleItem()
            .UserName.ShouldBe(lesson.Taught.UserName);
    }

    [Fact]
    public async Task The_teacher_accepts_once()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), teacher =
            await fixture.App.SignInAsync(lesson.Taught.UserName);
        string address = await lesson.SendAsync(inspector);

        JsonElement accepted = await (await AppealAsync(teacher, address)).JsonAsync();
        (accepted.GetProperty("state").GetString(), accepted.GetProperty("reply").GetString()).ShouldBe(("accepted", "谢谢"));
        await (await AppealAsync(teacher, address, "explain")).ShouldBeProblem(HttpStatusCode.Conflict, "already-replied");
        await (await AppealAsync(inspector, address)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Appeals_are_decided_by_somebody_else_and_the_observers_answer_stays_as_it_was()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), teacher =
            await fixture.App.SignInAsync(lesson.Taught.UserName),
            principal = await fixture.App.SignInAsync("principal");
        string address = await lesson.SendAsync(inspector);

        await (await AppealAsync(teacher, address, "climate")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-appeal");
        await (await AppealAsync(teacher, address, "explain", "explain")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-appeal");
        JsonElement appealed = await (await AppealAsync(teacher, address, "questions", "explain")).JsonAsync();
        JsonElement[] appeals = [.. appealed.GetProperty("appeals").EnumerateArray()];
        appeals.Select(one => one.GetProperty("itemKey").GetString()).ShouldBe(["explain", "questions"], "in the form's order");
        appeals[1].GetProperty("answer").GetProperty("value").GetInt32().ShouldBe(2);
        appeals[1].GetProperty("anchor").GetString()
            .ShouldBe("一问齐答，或教师自问自答", "what the form says of that answer is put down with the appeal");

        await (await DecideAsync(inspector, address, "explain", "upheld")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await DecideAsync(principal, address, "questions", "changed")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-decision");
        await (await DecideAsync(principal, address, "questions", "changed", 2)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-decision");
        await (await DecideAsync(principal, address, "time", "upheld")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-appeal");
        JsonElement half = await (await DecideAsync(principal, address, "questions", "changed", 4)).JsonAsync();
        half.GetProperty("state").GetString().ShouldBe("appealed");
        JsonElement decided = await (await DecideAsync(principal, address, "explain", "upheld")).JsonAsync();
        await (await DecideAsync(principal, address, "explain", "upheld")).ShouldBeProblem(HttpStatusCode.Conflict, "appeal-closed");

        decided.GetProperty("state").GetString().ShouldBe("resolved");
        decided.GetProperty("answers").GetProperty("questions").GetProperty("value").GetInt32().ShouldBe(2);
        (decided.GetProperty("total").GetProperty("value").GetDouble(), decided.GetProperty("totalAfter").GetProperty("value").GetDouble())
            .ShouldBe((60, 80), "both stand side by side");
    }

    [Fact]
    public async Task Whoever_observed_does_not_decide_even_where_the_role_would()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn principal = await fixture.App.SignInAsync("principal"),
            administrator = await fixture.App.SignInAsync("administrator"),
            teacher = await fixture.App.SignInAsync(lesson.Taught.UserName);
        string address = await lesson.SendAsync(principal);
        await AppealAsync(teacher, address, "explain");

        await (await DecideAsync(principal, address, "explain", "upheld")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-yours-to-decide");
        (await DecideAsync(administrator, address, "explain", "upheld")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ReadAsync(principal, address);
        await ReadAsync(administrator, address);
        (await fixture.App.LinesAsync("look.observation", address.Split('/')[^1])).ShouldHaveSingleItem()
            .UserName.ShouldBe("administrator", "others' looks are on record");
    }

    [Fact]
    public async Task Only_the_observer_the_teacher_and_those_in_charge_of_the_school_see_it()
    {
        ObservedLesson lesson = await AddAsync(fixture.App), another = await AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        string address = await lesson.SendAsync(inspector);

        foreach (string who in (string[])["inspector2", "principal2", "researcher", "schoolAdministrator", another.Taught.UserName])
        {
            using SignedIn stranger = await fixture.App.SignInAsync(who);
            await (await stranger.Http.GetAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-observation");
            (await ListAsync(stranger, lesson)).ShouldBeEmpty(who);
        }

        foreach (string who in (string[])["principal", "administrator", lesson.Taught.UserName])
        {
            using SignedIn reader = await fixture.App.SignInAsync(who);
            (await reader.Http.GetAsync(address, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, who);
        }

        using SignedIn machine = await fixture.App.CallerAsync("machine");
        (await machine.Http.GetAsync(address, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_observes_an_own_lesson_and_no_lesson_of_another_school()
    {
        ObservedLesson lesson = await AddAsync(fixture.App);
        using SignedIn principal2 = await fixture.App.SignInAsync("principal2"), limited2 = await fixture.App.SignInAsync("limited2"),
            teacher = await fixture.App.SignInAsync(lesson.Taught.UserName);

        await (await lesson.TryBeginAsync(principal2)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        await (await lesson.TryBeginAsync(limited2)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        await (await teacher.Http.PostAsJsonAsync("/api/observations", new { lessonId = lesson.Lesson.Id }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<JsonElement[]> ListAsync(SignedIn who, ObservedLesson lesson) =>
        [.. (await (await who.Http.GetAsync($"/api/observations?lessonId={lesson.Lesson.Id}", Cancelled)).JsonAsync()).EnumerateArray()];
}

[Collection(WebCollection.Name)]
public sealed class FeedbackOnSqliteTests(AppFixture fixture) : FeedbackTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class FeedbackOnPostgreSqlTests(PostgreSqlAppFixture fixture) : FeedbackTests(fixture);
