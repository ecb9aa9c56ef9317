using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web.Visits;

[Collection(WebCollection.Name)]
public class VisitsTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_visit_is_stored_with_who_where_why_from_and_to()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);

        JsonElement visit = await BeginAsync(inspector, "s03-101", " 常规巡课 ");
        Guid id = visit.GetProperty("visitId").GetGuid();
        visit.GetProperty("watermark").GetString()!.ShouldContain("inspector");
        (await inspector.Http.DeleteAsync($"/api/visits/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        Visit stored = await StoredAsync(id);
        stored.UserName.ShouldBe("inspector");
        stored.RoomId.ShouldBe("s03-101");
        stored.SchoolId.ShouldBe("s03");
        stored.Purpose.ShouldBe("常规巡课");
        stored.From.ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(1));
        stored.To.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(stored.From);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a ")]
    [InlineData(null)]
    [InlineData("..")]
    [InlineData("——")]
    [InlineData("a ")]
    [InlineData("\u0001\u0002")]
    [InlineData("听课\u0007")]
    [InlineData("听课\n第二行")]
    [InlineData("听课\u2028第二行")]
    [InlineData("听课\u202e反写")]
    [InlineData("\u200b\u200b")]
    [InlineData("\ue000\ue001")]
    public async Task A_visit_needs_a_purpose(string? purpose)
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");

        using HttpResponseMessage answer = await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = "s03-101", purpose });

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-purpose");
    }

    [Theory]
    [InlineData("听课")]
    [InlineData("Lesson 3, maths")]
    [InlineData("听课 👩\u200d🏫")]
    [InlineData("𠮷野老师公开课")]
    public async Task A_purpose_in_words_of_any_script_is_taken(string purpose)
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");

        (await BeginAsync(inspector, "s03-101", purpose)).GetProperty("purpose").GetString().ShouldBe(purpose);
    }

    [Fact]
    public async Task A_purpose_of_more_than_200_characters_is_refused()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");

        using HttpResponseMessage answer = await inspector.Http.PostAsJsonAsync(
            "/api/visits", new { roomId = "s03-101", purpose = new string('看', 201) });

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-purpose");
    }

    [Fact]
    public async Task Only_the_visitor_can_end_the_visit()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        await using HubConnection page = await inspector.ConnectAsync();
        Guid id = (await BeginAsync(inspector, "s03-102", "常规巡课")).GetProperty("visitId").GetGuid();
        await page.InvokeAsync("BindVisit", id);

        using HttpResponseMessage answer = await other.Http.DeleteAsync($"/api/visits/{id}");

        await answer.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-visit");
        (await StoredAsync(id)).To.ShouldBeNull();
    }

    [Fact]
    public async Task Leaving_by_beacon_and_again_by_delete_is_harmless()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid id = (await BeginAsync(inspector, "s03-103", "常规巡课")).GetProperty("visitId").GetGuid();

        (await inspector.Http.PostAsync($"/api/visits/{id}/leave", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await inspector.Http.DeleteAsync($"/api/visits/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_visit_whose_browser_went_away_is_ended_by_the_server()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid id = (await BeginAsync(inspector, "s03-104", "常规巡课")).GetProperty("visitId").GetGuid();
        HubConnection page = await inspector.ConnectAsync();
        await page.InvokeAsync("BindVisit", id);

        await page.DisposeAsync();

        await Eventually.TrueAsync(async () => (await StoredAsync(id)).To is not null, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Each_role_lists_the_visits_that_concern_it()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn principal = await _app.SignInAsync("principal");
        using SignedIn principal2 = await _app.SignInAsync("principal2");
        using SignedIn other = await _app.SignInAsync("inspector2");
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid id = (await BeginAsync(inspector, "s01-601", "期末检查")).GetProperty("visitId").GetGuid();

        (await ListsAsync(inspector, id)).ShouldBeTrue("one's own");
        (await ListsAsync(principal, id)).ShouldBeTrue("in the own school");
        (await ListsAsync(administrator, id)).ShouldBeTrue("an administrator sees all");
        (await ListsAsync(principal2, id)).ShouldBeFalse("in another school");
        (await ListsAsync(other, id)).ShouldBeFalse("another inspector's");
    }

    [Fact]
    public async Task The_list_is_filtered_by_room_and_time_and_is_bounded()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await BeginAsync(inspector, "s04-101", "第一次");
        await BeginAsync(inspector, "s04-101", "第二次");

        JsonElement newest = await (await inspector.Http.GetAsync("/api/visits?roomId=s04-101&take=1")).JsonAsync();
        JsonElement future = await (await inspector.Http.GetAsync("/api/visits?roomId=s04-101&from=2999-01-01T00:00:00Z")).JsonAsync();
        using HttpResponseMessage greedy = await inspector.Http.GetAsync("/api/visits?take=100000");

        newest.EnumerateArray().ShouldHaveSingleItem().GetProperty("purpose").GetString().ShouldBe("第二次");
        future.GetArrayLength().ShouldBe(0);
        await greedy.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-take");
    }

    private static async Task<JsonElement> BeginAsync(SignedIn visitor, string roomId, string purpose)
    {
        using HttpResponseMessage answer = await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await answer.JsonAsync();
    }

    private static async Task<bool> ListsAsync(SignedIn someone, Guid visitId)
    {
        JsonElement visits = await (await someone.Http.GetAsync("/api/visits?take=500")).JsonAsync();
        return visits.EnumerateArray().Any(visit => visit.GetProperty("visitId").GetGuid() == visitId);
    }

    private async Task<Visit> StoredAsync(Guid id)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Visits.AsNoTracking().SingleAsync(visit => visit.Id == id);
    }
}

[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlVisitsTests(PostgreSqlAppFixture fixture) : VisitsTests(fixture);
