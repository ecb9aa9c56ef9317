using System.Net;
using System.Net.Http.Headers;
using Xunke.Actors.Recordings;

namespace Xunke.Tests.Web.Audit;

/// <summary>Each play of a recording is in the trail, and so is each copy that is taken of it.</summary>
[Collection(WebCollection.Name)]
public sealed class PlaysTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task Five_copies_after_one_play_are_five_lines_and_a_players_seeking_is_none()
    {
        Recording recording = await _app.AddRecordingAsync("s01-507", "inspector", bytes: 1000);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        (await inspector.Http.PostAsync($"/api/recordings/{recording.Id}/plays", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await FetchAsync(inspector, recording.Id, new RangeHeaderValue(0, null))).ShouldBe(HttpStatusCode.PartialContent);
        (await FetchAsync(inspector, recording.Id, new RangeHeaderValue(900, null))).ShouldBe(HttpStatusCode.PartialContent);
        (await FetchAsync(inspector, recording.Id, new RangeHeaderValue(300, null))).ShouldBe(HttpStatusCode.PartialContent);
        (await _app.LinesAsync("recording.played", recording.Id.ToString())).Count.ShouldBe(1);

        await FetchAsync(inspector, recording.Id, null);
        await FetchAsync(inspector, recording.Id, new RangeHeaderValue(0, null));
        await FetchAsync(inspector, recording.Id, new RangeHeaderValue(1, null));
        await FetchAsync(inspector, recording.Id, new RangeHeaderValue(null, 999));

        (await _app.LinesAsync("recording.played", recording.Id.ToString())).Count.ShouldBe(5);
    }

    private static async Task<HttpStatusCode> FetchAsync(SignedIn someone, Guid id, RangeHeaderValue? range)
    {
        using HttpResponseMessage answer = await someone.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/api/recordings/{id}/parts/1") { Headers = { Range = range } });
        return answer.StatusCode;
    }
}
