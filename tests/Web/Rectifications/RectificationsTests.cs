using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Observations;
using static Xunke.Tests.Web.Rectifications.Notices;

namespace Xunke.Tests.Web.Rectifications;

/// <summary>The life of notices of rectification, and who has which part in it.</summary>
public abstract class RectificationsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_goes_through_rounds_until_somebody_has_looked_again()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        JsonElement issued = await ReadAsync(principal, id);
        (issued.State(), issued.GetProperty("mayAnswer").GetBoolean(), issued.GetProperty("mayJudge").GetBoolean())
            .ShouldBe(("issued", true, false));
        issued.GetProperty("notice").Text("dueOn").ShouldBe($"{Today.AddDays(3):yyyy-MM-dd}");

        await (await JudgeAsync(inspector, id, isRight: true)).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-past");
        (await (await ActAsync(principal, id, "answer")).JsonAsync()).State().ShouldBe("answered");
        await (await ActAsync(principal, id, "answer")).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-past");
        JsonElement again = await (await JudgeAsync(inspector, id, isRight: false, dueOn: Today.AddDays(7))).JsonAsync();
        (again.State(), again.GetProperty("notice").GetProperty("round").GetInt32(), again.GetProperty("notice").Text("dueOn"))
            .ShouldBe(("issued", 2, $"{Today.AddDays(7):yyyy-MM-dd}"));
        await ActAsync(principal, id, "answer", new { text = "课桌已全部搬走" });
        (await (await JudgeAsync(inspector, id, isRight: true, recheckOn: Today.AddDays(14))).JsonAsync()).State().ShouldBe("recheck");
        JsonElement closed = await (await JudgeAsync(inspector, id, isRight: true)).JsonAsync();

        closed.State().ShouldBe("closed");
        closed.GetProperty("events").EnumerateArray().Select(one => $"{one.GetProperty("round")} {one.Text("step")} {one.Text("text")}")
            .ShouldBe(["1 issued ", "1 answered 已清理", "1 returned 还有课桌", "2 answered 课桌已全部搬走", "2 accepted ", "2 confirmed "]);
        (await fixture.App.LinesAsync("rectification.answered", id.ToString())).Count().ShouldBe(2);
        await (await ActAsync(inspector, id, "withdrawal")).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-past");
    }

    [Fact]
    public async Task Whoever_acts_on_an_older_page_is_told_and_changes_nothing()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        await ActAsync(principal, id, "answer", version: 1);
        await JudgeAsync(inspector, id, isRight: false, dueOn: Today);

        await (await ActAsync(principal, id, "answer", version: 1)).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-changed");
        HttpResponseMessage[] both = await Task.WhenAll(
            ActAsync(principal, id, "answer", version: 3), ActAsync(principal, id, "answer", version: 3));

        both.Select(one => one.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        (await ReadAsync(inspector, id)).GetProperty("events").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task Whoever_answered_does_not_judge_even_in_another_office_by_then()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), other = await fixture.App.SignInAsync("inspector2"),
            principal = await fixture.App.SignInAsync("principal");
        Guid id = await IssueAsync(inspector);
        await (await JudgeAsync(principal, id, isRight: true)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await ActAsync(principal, id, "answer");
        await using (AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().RectificationEvents
                .Where(one => one.RectificationId == id && one.Number == 2)
                .ExecuteUpdateAsync(one => one.SetProperty(happened => happened.By, "inspector"), Cancelled);
        }

        (await ReadAsync(inspector, id)).GetProperty("mayJudge").GetBoolean().ShouldBeFalse();
        await (await JudgeAsync(inspector, id, isRight: true)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-yours-to-judge");
        (await (await JudgeAsync(other, id, isRight: true)).JsonAsync()).State().ShouldBe("closed");
    }

    [Fact]
    public async Task Only_the_school_the_person_it_names_and_those_in_charge_of_it_see_it()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), teacher = await fixture.App.SignInAsync("teacher");
        Guid id = await IssueAsync(inspector), named = await IssueAsync(inspector, Notice("s01", "teacher"));

        foreach (string who in (string[])["principal2", "schoolAdministrator2", "limited2", "teacher", "coordinator"])
        {
            using SignedIn stranger = await fixture.App.SignInAsync(who);
            await (await stranger.Http.GetAsync(AddressOf(id), Cancelled))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-rectification");
            (await ListAsync(stranger)).ShouldNotContain(id, who);
        }

        foreach (string who in (string[])["principal", "schoolAdministrator", "inspector2", "limited", "administrator"])
        {
            using SignedIn reader = await fixture.App.SignInAsync(who);
            (await ListAsync(reader)).ShouldContain(id, who);
        }

        (await ListAsync(teacher, "mine")).ShouldContain(named);
        (await (await ActAsync(teacher, named, "answer")).JsonAsync()).State().ShouldBe("answered");
        using SignedIn limited2 = await fixture.App.SignInAsync("limited2"), inspector2 = await fixture.App.SignInAsync("inspector2");
        await (await TryIssueAsync(limited2, Guid.NewGuid())).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await TryIssueAsync(inspector, Guid.NewGuid(), Notice("s01", "principal2")))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-responsible");
        await (await ActAsync(inspector2, id, "withdrawal")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-yours-to-withdraw");
        await (await ActAsync(inspector, id, "withdrawal", new { text = " " })).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-text");
        (await (await ActAsync(inspector, id, "withdrawal", new { text = "重复下发" })).JsonAsync()).State().ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Numbers_are_given_once_however_many_notices_are_issued_at_once_and_sending_twice_is_once()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector");
        Guid[] ids = [.. Enumerable.Range(0, 12).Select(_ => Guid.NewGuid())];
        JsonElement[] first = await Task.WhenAll(
            ids.Select(async id => await (await TryIssueAsync(inspector, id, schoolId: "s05")).JsonAsync()));
        JsonElement[] twice = await Task.WhenAll(
            ids.Select(async id => await (await TryIssueAsync(inspector, id, schoolId: "s05")).JsonAsync()));

        string[] numbers = [.. first.Select(one => one.GetProperty("notice").Text("number"))];
        numbers.Order().ShouldBe(Enumerable.Range(1, 12).Select(n => $"{Today.Year}-s05-{n:000}"));
        twice.Select(one => one.GetProperty("notice").Text("number")).ShouldBe(numbers);
        await (await TryIssueAsync(inspector, ids[0], schoolId: "s06")).ShouldBeProblem(HttpStatusCode.Conflict, "rectification-exists");
    }

    [Fact]
    public async Task A_notice_from_a_remark_is_about_its_school_and_room_and_from_what_one_may_not_see_there_is_none()
    {
        ObservedLesson lesson = await ObservedLesson.AddAsync(fixture.App);
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), other = await fixture.App.SignInAsync("inspector2");
        string address = await lesson.SendAsync(inspector);
        JsonElement observation = await ObservedLesson.ReadAsync(inspector, address);
        object notice = new
        {
            source = "remark",
            sourceId = observation.GetProperty("observationId").GetGuid(),
            remarkId = observation.GetProperty("remarks")[0].GetProperty("id").GetGuid(),
            title = "追问不足",
            problem = "请教研组集体备课。",
            schoolId = "s03",
        };

        Guid id = await IssueAsync(inspector, notice);
        JsonElement issued = await ReadAsync(inspector, id);
        (issued.GetProperty("notice").Text("schoolId"), issued.GetProperty("notice").Text("roomId"))
            .ShouldBe((lesson.Lesson.SchoolId, lesson.Lesson.RoomId), "what the request says of the school does not count");
        issued.GetProperty("sourceId").GetGuid().ShouldBe(observation.GetProperty("observationId").GetGuid());
        (await ReadAsync(other, id)).GetProperty("sourceId").ValueKind.ShouldBe(JsonValueKind.Null, "another's observation is not shown");
        await (await TryIssueAsync(other, Guid.NewGuid(), notice)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-source");
        foreach (string source in (string[])["alert", "patrol"])
        {
            await (await TryIssueAsync(inspector, Guid.NewGuid(), new { source, sourceId = Guid.NewGuid(), title = "检查", problem = "检查" }))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-source");
        }
    }

    [Fact]
    public async Task The_report_is_for_the_bureau_and_the_list_is_a_file()
    {
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal = await fixture.App.SignInAsync("principal"),
            administrator = await fixture.App.SignInAsync("administrator");
        Guid id = await IssueAsync(inspector);
        await ActAsync(inspector, id, "report", new { text = "学校重视，已整改" });

        (await ReadAsync(administrator, id)).GetProperty("events").EnumerateArray()
            .ShouldContain(one => one.Text("text") == "学校重视，已整改");
        (await ReadAsync(principal, id)).ToString().ShouldNotContain("学校重视");
        await (await ActAsync(principal, id, "report")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        string number = (await ReadAsync(inspector, id)).GetProperty("notice").Text("number");
        string table = await (await administrator.Http.GetAsync("/api/rectifications/file?filter=all&format=csv", Cancelled))
            .Content.ReadAsStringAsync(Cancelled);
        table.ShouldContain(number);
        table.Split("\r\n")[0].ShouldContain("报告期限");
        (await (await principal.Http.GetAsync("/api/rectifications/file?filter=all&format=csv", Cancelled))
            .Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("报告期限");
        byte[] workbook = await (await administrator.Http.GetAsync("/api/rectifications/file?schoolId=s01", Cancelled))
            .Content.ReadAsByteArrayAsync(Cancelled);
        workbook[..2].ShouldBe("PK"u8.ToArray());
    }

    private static async Task<Guid[]> ListAsync(SignedIn who, string filter = "all")
    {
        var found = new List<Guid>();
        for (int page = 1; ; page++)
        {
            JsonElement some = await (await who.Http.GetAsync($"/api/rectifications?filter={filter}&page={page}", Cancelled)).JsonAsync();
            found.AddRange(some.GetProperty("notices").EnumerateArray().Select(one => one.GetProperty("rectificationId").GetGuid()));
            if (found.Count >= some.GetProperty("total").GetInt32())
            {
                return [.. found];
            }
        }
    }
}

[Collection(WebCollection.Name)]
public sealed class RectificationsOnSqliteTests(AppFixture fixture) : RectificationsTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class RectificationsOnPostgreSqlTests(PostgreSqlAppFixture fixture) : RectificationsTests(fixture);
