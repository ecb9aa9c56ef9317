using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Recordings;

namespace Xunke.Tests.Web;

/// <summary>Asking to have a recording deleted, and what becomes of it.</summary>
[Collection(WebCollection.Name)]
public sealed class DeletionRequestsTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_that_somebody_asks_to_have_deleted_is_kept_with_a_reason_or_deleted()
    {
        Recording kept = await fixture.App.AddRecordingAsync("s01-105", "inspector"),
            gone = await fixture.App.AddRecordingAsync("s01-105", "inspector");
        using SignedIn inspector = await fixture.App.SignInAsync("inspector"), principal2 = await fixture.App.SignInAsync("principal2"),
            administrator = await fixture.App.SignInAsync("administrator");

        await (await AskAsync(inspector, kept, " ")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-reason");
        await (await AskAsync(principal2, kept, "不是本校的")).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-recording");
        await (await AskAsync(administrator, kept, "自己删")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        foreach (Recording one in (Recording[])[kept, gone])
        {
            (await AskAsync(inspector, one, "录到了别的班")).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        await (await AskAsync(inspector, kept, "再请求一次")).ShouldBeProblem(HttpStatusCode.Conflict, "already-asked");
        (await AskedAsync(administrator)).ShouldBe([kept.Id, gone.Id], ignoreOrder: true);

        (await KeepAsync(administrator, kept, "投诉处理中，需保留")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await KeepAsync(administrator, kept, "再答一次")).ShouldBeProblem(HttpStatusCode.Conflict, "not-asked");
        (await administrator.Http.DeleteAsync($"/api/recordings/{gone.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await AskedAsync(administrator)).ShouldBeEmpty();
        using HttpResponseMessage list = await inspector.Http.GetAsync("/api/recordings?roomId=s01-105", Cancelled);
        JsonElement[] own = [.. (await list.JsonAsync()).EnumerateArray()];
        JsonElement answered = own.Single(one => one.GetProperty("recordingId").GetGuid() == kept.Id).GetProperty("deletion");
        (answered.GetProperty("reason").GetString(), answered.GetProperty("answer").GetString()).ShouldBe(("录到了别的班", "投诉处理中，需保留"));
        own.ShouldNotContain(one => one.GetProperty("recordingId").GetGuid() == gone.Id);
    }

    private static Task<HttpResponseMessage> AskAsync(SignedIn who, Recording recording, string reason) =>
        who.Http.PostAsJsonAsync($"/api/recordings/{recording.Id}/deletion", new { reason }, Cancelled);

    private static Task<HttpResponseMessage> KeepAsync(SignedIn who, Recording recording, string reason) =>
        who.Http.PutAsJsonAsync($"/api/recordings/{recording.Id}/deletion", new { reason }, Cancelled);

    private static async Task<Guid[]> AskedAsync(SignedIn who) =>
    [
        .. (await (await who.Http.GetAsync("/api/recordings?asked=true&roomId=s01-105", Cancelled)).JsonAsync()).EnumerateArray()
            .Select(one => one.GetProperty("recordingId").GetGuid()),
    ];
}
