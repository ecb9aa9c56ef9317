using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;

namespace Xunke.Tests.Web.Forms;

public abstract class FormsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_district_begins_with_the_forms_that_come_with_Xunke()
    {
        using SignedIn reader = await fixture.App.SignInAsync("schoolAdministrator");

        JsonElement list = await (await reader.Http.GetAsync("/api/forms", Cancelled)).JsonAsync();

        list.GetProperty("forms").EnumerateArray().Where(form => form.GetProperty("isShipped").GetBoolean())
            .Select(form => form.GetProperty("name").GetString()).ShouldBe(["巡课快检", "通用听课评价", "课后服务检查"], ignoreOrder: true);
        list.GetProperty("lessonKinds").EnumerateArray().Select(kind => kind.GetString()).ShouldContain("复习");
    }

    [Fact]
    public async Task An_unused_version_is_edited_in_place_and_a_used_one_makes_the_next()
    {
        using SignedIn administrator = await fixture.App.SignInAsync("administrator");
        JsonElement made = await MakeAsync(administrator, "教研组听课");
        string address = $"/api/forms/{made.GetProperty("formId").GetGuid()}";

        JsonElement edited = await ChangeAsync(administrator, made, "教研组听课表");
        (edited.GetProperty("version").GetInt32(), edited.GetProperty("name").GetString()).ShouldBe((1, "教研组听课表"));
        await (await administrator.Http.PutAsJsonAsync(address, Written("旧的", 1), Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "changed-since");

        await UseAsync(made.GetProperty("formId").GetGuid());
        JsonElement next = await ChangeAsync(administrator, edited, "教研组听课表", question: "提问有梯度");
        next.GetProperty("version").GetInt32().ShouldBe(2);
        JsonElement[] versions = [.. (await (await administrator.Http.GetAsync($"{address}/versions", Cancelled)).JsonAsync())
            .EnumerateArray()];
        versions.Select(one => TextIn(one)).ShouldBe(["提问有梯度", "讲解清楚"], "what was used stays as it was");
        (await ChangeAsync(administrator, next, "教研组听课表", question: "提问有层次")).GetProperty("version").GetInt32().ShouldBe(2);

        await (await administrator.Http.DeleteAsync(address, Cancelled)).ShouldBeProblem(HttpStatusCode.Conflict, "form-used");
        (await administrator.Http.PutAsJsonAsync($"{address}/withdrawal", new { withdrawn = true }, Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await FindAsync(administrator, next)).GetProperty("withdrawnAt").ValueKind.ShouldBe(JsonValueKind.String);

        static string? TextIn(JsonElement version) => version.GetProperty("content").GetProperty("groups")[0].GetProperty("items")[0]
            .GetProperty("text").GetString();
    }

    [Fact]
    public async Task A_form_that_nobody_used_is_deleted_and_one_that_comes_with_Xunke_is_not()
    {
        using SignedIn administrator = await fixture.App.SignInAsync("administrator");
        JsonElement made = await MakeAsync(administrator, "多余的表");

        (await administrator.Http.DeleteAsync($"/api/forms/{made.GetProperty("formId").GetGuid()}", Cancelled))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        JsonElement shipped = (await (await administrator.Http.GetAsync("/api/forms", Cancelled)).JsonAsync()).GetProperty("forms")
            .EnumerateArray()
            .First(form => form.GetProperty("isShipped").GetBoolean());
        await (await administrator.Http.DeleteAsync($"/api/forms/{shipped.GetProperty("formId").GetGuid()}", Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "form-used");
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field()
    {
        using SignedIn administrator = await fixture.App.SignInAsync("administrator");

        JsonElement problem = await (await administrator.Http.PostAsJsonAsync(
            "/api/forms", Written("", null, weight: 90, kinds: ["没有的课型"]), Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-form");

        problem.GetProperty("faults")
            .EnumerateArray().Select(fault => $"{fault.GetProperty("at").GetString()} {fault.GetProperty("code").GetString()}")
            .ShouldBe(["name empty", "lessonKinds range", "groups weights"]);
        await (await administrator.Http.PostAsJsonAsync("/api/forms", new { name = "没有内容", kind = "observation" }, Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-form");
    }

    private async Task UseAsync(Guid formId)
    {
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecordsContext>().FormVersions.Where(version => version.FormId == formId)
            .ExecuteUpdateAsync(version => version.SetProperty(one => one.UsedAt, DateTimeOffset.UtcNow), Cancelled);
    }

    private static async Task<JsonElement> FindAsync(SignedIn who, JsonElement form) =>
        (await (await who.Http.GetAsync("/api/forms", Cancelled)).JsonAsync()).GetProperty("forms").EnumerateArray()
            .Single(one => one.GetProperty("formId").GetGuid() == form.GetProperty("formId").GetGuid());

    private static async Task<JsonElement> MakeAsync(SignedIn who, string name) =>
        await (await who.Http.PostAsJsonAsync("/api/forms", Written(name, null), Cancelled)).JsonAsync();

    private static async Task<JsonElement> ChangeAsync(SignedIn who, JsonElement form, string name, string question = "讲解清楚") =>
        await (await who.Http.PutAsJsonAsync(
            $"/api/forms/{form.GetProperty("formId").GetGuid()}",
            Written(name, form.GetProperty("revision").GetInt32(), question), Cancelled)).JsonAsync();

    private static object Written(string name, int? basedOn, string question = "讲解清楚", int weight = 100, string[]? kinds = null) => new
    {
        name,
        nameEn = "",
        kind = "observation",
        basedOn,
        content = new
        {
            groups = new[]
            {
                new
                {
                    key = "", name = "过程", nameEn = "", weight,
                    items = new[]
                    {
                        new
                        {
                            key = "", text = question, textEn = "", kind = "score", max = 0, mayNotApply = true, mayRemark = true,
                            usual = (int?)null,
                            levels = new[] { new { points = 2, text = "清楚", textEn = "" }, new { points = 1, text = "不清楚", textEn = "" } },
                        },
                    },
                },
            },
            bands = new[] { new { name = "好", nameEn = "", from = 60 } },
            lessonKinds = kinds ?? [],
        },
    };
}

[Collection(WebCollection.Name)]
public sealed class FormsOnSqliteTests(AppFixture fixture) : FormsTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class FormsOnPostgreSqlTests(PostgreSqlAppFixture fixture) : FormsTests(fixture);
