using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;

namespace Xunke.Tests.Web.Reviews;

/// <summary>A lesson is its teacher's first, and the teacher knows who looked.</summary>
public abstract class TeacherFirstTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_a_day_only_the_teacher_and_those_who_visited_the_lesson_see_its_snapshot()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        Lesson lesson = await taught.AddAsync(TimeSpan.FromHours(1));
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), principal = await fixture.App.SignInAsync("principal"),
            inspector = await fixture.App.SignInAsync("inspector");

        (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement compared = await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/comparison", Cancelled)).JsonAsync();
        compared.GetProperty("figures").EnumerateArray().Single(one => one.GetProperty("figure").GetString() == "lesson.headUpRate")
            .GetProperty("value").GetDouble().ShouldBeGreaterThan(0.9, "figures are kept when the snapshot is computed");
        foreach (string part in (string[])["", "/review", "/seats"])
        {
            JsonElement refusal = await (await principal.Http.GetAsync($"/api/lessons/{lesson.Id}{part}", Cancelled))
                .ShouldBeProblem(HttpStatusCode.Forbidden, "teacher-first");
            refusal.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(lesson.To.AddHours(24));
        }

        JsonElement listed = await ListedAsync(principal, lesson);
        listed.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(lesson.To.AddHours(24));
        (await ListedAsync(teacher, lesson)).GetProperty("opensAt").ValueKind.ShouldBe(JsonValueKind.Null);

        await VisitAsync(lesson, "inspector", lesson.From.AddMinutes(5), lesson.From.AddMinutes(9));
        (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, "the inspector has seen what was live");
    }

    [Fact]
    public async Task After_a_day_and_without_an_account_of_the_teacher_a_lesson_is_open_to_all_who_may_see_it()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        Lesson old = await taught.AddAsync(TimeSpan.FromHours(25));
        Lesson without = await new TaughtLessons(fixture.App).AddAsync(TimeSpan.FromHours(1));
        using SignedIn principal = await fixture.App.SignInAsync("principal");

        (await principal.Http.GetAsync($"/api/lessons/{old.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await principal.Http.GetAsync($"/api/lessons/{without.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_teacher_reads_who_looked_how_and_for_what()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        Lesson lesson = await taught.AddAsync(TimeSpan.FromHours(25));
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName), inspector = await fixture.App.SignInAsync("inspector"),
            principal = await fixture.App.SignInAsync("principal");
        await VisitAsync(lesson, "inspector", lesson.From.AddMinutes(5), lesson.From.AddMinutes(9));
        await VisitAsync(lesson, "principal", lesson.To.AddMinutes(5), lesson.To.AddMinutes(9));
        await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled);
        await principal.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled);
        await principal.Http.GetAsync($"/api/lessons/{lesson.Id}/review", Cancelled);

        JsonElement[] looks = [.. (await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/looks", Cancelled))
            .JsonAsync()).EnumerateArray()];

        looks.Select(look => (look.GetProperty("userName").GetString(), look.GetProperty("kind").GetString(), look.GetProperty("purpose").GetString()))
            .ShouldBe([("principal", "snapshot", "own-school"), ("inspector", "visit", "常规巡课")]);
        looks[0].GetProperty("displayName").GetString().ShouldNotBe("principal", "people are called by their names");
        looks[1].GetProperty("to").GetDateTimeOffset().ShouldBe(lesson.From.AddMinutes(9));
        await (await principal.Http.GetAsync($"/api/lessons/{lesson.Id}/looks", Cancelled)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_wall_that_was_open_before_the_lesson_began_is_told_with_how_long_and_once()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        Lesson lesson = await taught.AddAsync(TimeSpan.FromDays(40));
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName);
        DateTimeOffset from = lesson.From.AddMinutes(-30), to = lesson.From.AddMinutes(5);
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            records.AddRange(Length("look.school", "s01", from, to), Length("look.room", lesson.RoomId, from, lesson.From),
                Length("look.room", "s01-104", from, to));
            await records.SaveChangesAsync(Cancelled);
        }

        JsonElement look = (await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/looks", Cancelled)).JsonAsync())
            .EnumerateArray().ShouldHaveSingleItem();

        (look.GetProperty("kind").GetString(), look.GetProperty("at").GetDateTimeOffset(), look.GetProperty("to").GetDateTimeOffset())
            .ShouldBe(("school", from, to));

        static LookLength Length(string action, string target, DateTimeOffset from, DateTimeOffset to) => new()
        {
            Id = Guid.NewGuid(),
            UserName = "principal",
            Action = action,
            Target = target,
            Purpose = "wall",
            From = from,
            To = to,
        };
    }

    [Fact]
    public async Task Where_hands_were_raised_is_told_by_seat_and_what_each_did_only_for_a_moment()
    {
        TaughtLessons taught = await TaughtLessons.AddTeacherAsync(fixture.App);
        Lesson lesson = await taught.AddAsync(TimeSpan.FromHours(25));
        using SignedIn teacher = await fixture.App.SignInAsync(taught.UserName);

        JsonElement whole = await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/seats", Cancelled)).JsonAsync();
        JsonElement moment = await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/seats?from=630&to=660", Cancelled)).JsonAsync();

        JsonElement[] seats = [.. whole.GetProperty("seats").EnumerateArray()];
        seats.Length.ShouldBe(40);
        foreach ((JsonElement seat, int number) in seats.Zip(Enumerable.Range(0, 40)))
        {
            (double x, double y) = TaughtLessons.PlaceOf(number);
            seat.GetProperty("x").GetDouble().ShouldBe(x, 0.005);
            seat.GetProperty("y").GetDouble().ShouldBe(y, 0.005);
            seat.GetProperty("handRaised").GetDouble().ShouldBe(number < 10 ? 0.1 : 0, 1e-9);
            seat.GetProperty("usual").ValueKind.ShouldBe(JsonValueKind.Null, "over a whole lesson it would judge a pupil");
        }

        (moment.GetProperty("samples").GetInt32(), moment.GetProperty("coverage").GetDouble()).ShouldBe((15, 1));
        moment.GetProperty("seats").EnumerateArray().Count(seat => seat.GetProperty("usual").GetString() == "handRaised").ShouldBe(10);
        await (await teacher.Http.GetAsync($"/api/lessons/{lesson.Id}/seats?from=60&to=60", Cancelled)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-stretch");
    }

    private async Task VisitAsync(Lesson lesson, string userName, DateTimeOffset from, DateTimeOffset to)
    {
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Visits.Add(new Visit
        {
            Id = Guid.NewGuid(),
            RoomId = lesson.RoomId,
            SchoolId = lesson.SchoolId,
            UserName = userName,
            DisplayName = userName,
            Purpose = "常规巡课",
            From = from,
            To = to,
        });
        await records.SaveChangesAsync(Cancelled);
    }

    private static async Task<JsonElement> ListedAsync(SignedIn who, Lesson lesson) =>
        (await (await who.Http.GetAsync($"/api/lessons?roomId={lesson.RoomId}&take=500", Cancelled)).JsonAsync()).EnumerateArray()
            .Single(one => one.GetProperty("lessonId").GetGuid() == lesson.Id);
}

[Collection(WebCollection.Name)]
public sealed class TeacherFirstOnSqliteTests(AppFixture fixture) : TeacherFirstTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class TeacherFirstOnPostgreSqlTests(PostgreSqlAppFixture fixture) : TeacherFirstTests(fixture);
