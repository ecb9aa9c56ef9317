using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Tests.Web.Audit;

namespace Xunke.Tests.Web.OwnData;

/// <summary>What somebody downloads about himself is his, all of it, and nothing secret.</summary>
[Collection(WebCollection.Name)]
public class OwnDataTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_visitor_gets_own_visits_sessions_and_deeds_and_nobody_elses()
    {
        await _app.AddAccountAsync("own-visitor", Role.Inspector);
        await _app.AddAccountAsync("other-visitor", Role.Inspector);
        using SignedIn visitor = await _app.SignInAsync("own-visitor");
        using SignedIn other = await _app.SignInAsync("other-visitor");
        foreach ((SignedIn who, string purpose) in new[] { (visitor, "我的巡课"), (other, "别人的巡课") })
        {
            (await who.Http.PostAsJsonAsync("/api/visits", new { roomId = "s09-101", purpose })).EnsureSuccessStatusCode();
        }

        using HttpResponseMessage answer = await visitor.Http.GetAsync("/api/session/data");

        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("xunke-own-visitor.json");
        string text = await answer.Content.ReadAsStringAsync();
        JsonElement data = JsonSerializer.Deserialize<JsonElement>(text);
        data.GetProperty("account").GetProperty("role").GetString().ShouldBe("inspector");
        data.GetProperty("visits").EnumerateArray().ShouldHaveSingleItem().GetProperty("purpose").GetString().ShouldBe("我的巡课");
        data.GetProperty("sessions").GetArrayLength().ShouldBeGreaterThan(0);
        string?[] deeds = [.. data.GetProperty("deeds").EnumerateArray().Select(deed => deed.GetProperty("action").GetString())];
        deeds.ShouldContain("visit.opened");
        deeds.ShouldContain("data.exported");
        text.ShouldNotContain("other-visitor");
        text.ShouldNotContain(visitor.Cookie[..20]);
        text.ShouldNotContain("password", Case.Insensitive);
        (await _app.LinesAsync("data.exported", "own-visitor")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_teacher_gets_the_lessons_that_the_timetable_gave()
    {
        string name = $"own-teacher-{Guid.NewGuid():N}"[..24], teacherId = $"t-{Guid.NewGuid():N}";
        await _app.AddAccountAsync(name, Role.Teacher, "s01");
        DateTimeOffset at = DateTimeOffset.UtcNow.AddDays(-2);
        var own = Guid.NewGuid();
        await using (AsyncServiceScope scope = _app.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            records.Teachers.Add(new Teacher { Id = teacherId, SchoolId = "s01", Name = "王老师", SubjectIds = [], UserName = name });
            records.Lessons.AddRange(Lesson(own, teacherId, at), Lesson(Guid.NewGuid(), "somebody-else", at));
            await records.SaveChangesAsync();
        }

        using SignedIn teacher = await _app.SignInAsync(name);
        JsonElement data = await (await teacher.Http.GetAsync("/api/session/data")).JsonAsync();

        data.GetProperty("account").GetProperty("teacherName").GetString().ShouldBe("王老师");
        data.GetProperty("lessons").EnumerateArray().ShouldHaveSingleItem().GetProperty("lessonId").GetGuid().ShouldBe(own);
    }

    private static Lesson Lesson(Guid id, string teacherId, DateTimeOffset at) => new()
    {
        Id = id,
        RoomId = "s01-101",
        SchoolId = "s01",
        From = at,
        To = at.AddMinutes(40),
        Ended = true,
        Enrolled = 40,
        TeacherId = teacherId,
        Samples = [],
    };
}

[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlOwnDataTests(PostgreSqlAppFixture fixture) : OwnDataTests(fixture);
