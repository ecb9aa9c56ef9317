using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Streaming.Recording;
using Xunke.Tests.Streaming.Recording;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web;

/// <summary>Recording from the page's side: begun, seen, played, deleted, and by whom.</summary>
[Collection(WebCollection.Name)]
public sealed class RecordingsTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_lesson_is_recorded_listed_played_and_deleted_and_all_of_it_is_in_the_audit_trail()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await using RecordedLessons.Camera camera = _app.ShowClass("s06-101");
        using HttpResponseMessage begun =
            await administrator.Http.PostAsJsonAsync("/api/rooms/s06-101/recording", new { reason = "公开课", minutes = 20 });
        begun.StatusCode.ShouldBe(HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        Guid id = (await begun.JsonAsync()).GetProperty("recording").GetProperty("recordingId").GetGuid();

        await Eventually.TrueAsync(
            async () => (await StateAsync(administrator, "s06-101")).GetProperty("bytes").GetInt64() > 400_000, TimeSpan.FromSeconds(90));
        (await StateAsync(administrator, "s06-101")).GetProperty("isReceiving").GetBoolean().ShouldBeTrue();
        (await administrator.Http.DeleteAsync("/api/rooms/s06-101/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        JsonElement listed = (await (await administrator.Http.GetAsync("/api/recordings?roomId=s06-101")).JsonAsync())
            .EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("reason").GetString().ShouldBe("公开课");
        listed.GetProperty("lengthMilliseconds").GetInt64().ShouldBeGreaterThan(1000);
        listed.GetProperty("to").ValueKind.ShouldBe(JsonValueKind.String);
        JsonElement played = await PlayAsync(administrator, id);
        played.GetProperty("watermark").GetString()!.ShouldContain("administrator");
        JsonElement part = played.GetProperty("parts")[0];
        part.GetProperty("type").GetString().ShouldBe("video/x-matroska");
        part.GetProperty("hasSound").GetBoolean().ShouldBeTrue();
        await DecodesAsync(administrator, part.GetProperty("url").GetString()!);

        (await administrator.Http.DeleteAsync($"/api/recordings/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.Exists(_app.Services.GetRequiredService<RecordingFolders>().Of(id)).ShouldBeFalse();
        (await _app.StoredAsync(id)).ShouldBeNull();
        (await _app.AuditOfAsync(id)).ShouldBe(
        [
            ("administrator", "recording.started"), ("administrator", "recording.stopped"), ("administrator", "recording.played"),
            ("administrator", "recording.deleted"),
        ]);
        (await _app.Services.GetRequiredService<AuditTrail>().VerifyAsync(CancellationToken.None)).BrokenAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_visits_recording_takes_its_purpose_is_shown_to_all_in_the_room_and_ends_with_it()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        Guid visit = await BeginVisitAsync(inspector, "s06-102", "教学督导");

        (await inspector.Http.PostAsJsonAsync("/api/rooms/s06-102/recording", new { visitId = visit })).StatusCode.ShouldBe(
            HttpStatusCode.Created);

        JsonElement shown = await StateAsync(other, "s06-102");
        shown.GetProperty("displayName").GetString().ShouldNotBeNullOrEmpty();
        shown.GetProperty("reason").GetString().ShouldBe("教学督导");
        shown.GetProperty("mayStop").GetBoolean().ShouldBeFalse("it is another's");
        await (await other.Http.DeleteAsync("/api/rooms/s06-102/recording")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        Guid id = shown.GetProperty("recordingId").GetGuid();
        await (await inspector.Http.PostAsync($"/api/recordings/{id}/plays", null))
            .ShouldBeProblem(HttpStatusCode.Conflict, "still-recording");

        (await inspector.Http.DeleteAsync($"/api/visits/{visit}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Recording ended = (await _app.StoredAsync(id)).ShouldNotBeNull();
        ended.To.ShouldNotBeNull();
        ended.VisitId.ShouldBe(visit);
        ended.Faults.ShouldBe([RecordingFaults.NoPicture], "no camera was there");
    }

    [Fact]
    public async Task A_room_is_recorded_once_at_a_time()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        var wanted = new { reason = "公开课" };
        (await administrator.Http.PostAsJsonAsync("/api/rooms/s06-103/recording", wanted)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await (await administrator.Http.PostAsJsonAsync("/api/rooms/s06-103/recording", wanted))
            .ShouldBeProblem(HttpStatusCode.Conflict, "already-recording");

        (await administrator.Http.DeleteAsync("/api/rooms/s06-103/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await administrator.Http.DeleteAsync("/api/rooms/s06-103/recording"))
            .ShouldBeProblem(HttpStatusCode.NotFound, "not-recording");
    }

    [Theory]
    [InlineData("", 45, "bad-reason")]
    [InlineData("..", 45, "bad-reason")]
    [InlineData("公开\u202E课", 45, "bad-reason")]
    [InlineData("公开课\u0000", 45, "bad-reason")]
    [InlineData("公开课", 0, "bad-minutes")]
    [InlineData("公开课", 181, "bad-minutes")]
    public async Task A_lesson_is_recorded_for_a_reason_and_for_so_long(string reason, int minutes, string code)
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await (await administrator.Http.PostAsJsonAsync("/api/rooms/s06-104/recording", new { reason, minutes }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Who_may_not_record_cannot()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn principal = await _app.SignInAsync("principal");
        using SignedIn other = await _app.SignInAsync("inspector2");
        Guid anothers = await BeginVisitAsync(other, "s01-501", "教学督导");

        // An inspector only during a visit, and only an own one in that room; a principal only in the own school.
        await (await inspector.Http.PostAsJsonAsync("/api/rooms/s01-501/recording", new { reason = "公开课" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "recording-not-allowed");
        await (await inspector.Http.PostAsJsonAsync("/api/rooms/s01-501/recording", new { visitId = anothers }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "no-visit");
        await (await other.Http.PostAsJsonAsync("/api/rooms/s01-502/recording", new { visitId = anothers }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "no-visit");
        await (await principal.Http.PostAsJsonAsync("/api/rooms/s02-501/recording", new { reason = "公开课" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await principal.Http.GetAsync("/api/rooms/s02-501/recording")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await principal.Http.DeleteAsync("/api/rooms/s02-501/recording")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        (await principal.Http.PostAsJsonAsync("/api/rooms/s01-501/recording", new { reason = "公开课" })).StatusCode.ShouldBe(
            HttpStatusCode.Created);
        (await principal.Http.DeleteAsync("/api/rooms/s01-501/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_may_not_see_a_recording_neither_lists_nor_plays_nor_fetches_it()
    {
        Recording recording = await _app.AddRecordingAsync("s01-503", "inspector");
        foreach (string stranger in new[] { "inspector2", "principal2" })
        {
            using SignedIn someone = await _app.SignInAsync(stranger);
            (await ListsAsync(someone, recording.Id)).ShouldBeFalse(stranger);
            await (await someone.Http.PostAsync($"/api/recordings/{recording.Id}/plays", null))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-recording");
            await (await FetchAsync(someone, recording.Id, new RangeHeaderValue(0, 9)))
                .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-recording");
        }

        foreach (string entitled in new[] { "inspector", "principal", "administrator" })
        {
            using SignedIn someone = await _app.SignInAsync(entitled);
            (await ListsAsync(someone, recording.Id)).ShouldBeTrue(entitled);
            await (await FetchAsync(someone, recording.Id, new RangeHeaderValue(0, 9)))
                .ShouldBeProblem(HttpStatusCode.Forbidden, "no-play");
            await PlayAsync(someone, recording.Id);
            using HttpResponseMessage answer = await FetchAsync(someone, recording.Id, new RangeHeaderValue(0, 9));
            answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent, entitled);
        }
    }

    [Theory]
    [InlineData("inspector")]
    [InlineData("principal")]
    public async Task Only_administrators_delete_recordings_and_see_the_disk(string userName)
    {
        Recording recording = await _app.AddRecordingAsync("s01-504", userName);
        using SignedIn someone = await _app.SignInAsync(userName);

        await (await someone.Http.DeleteAsync($"/api/recordings/{recording.Id}")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await someone.Http.GetAsync("/api/recordings/storage")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        (await _app.StoredAsync(recording.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Files_are_sent_in_the_ranges_that_a_player_asks_for()
    {
        Recording recording = await _app.AddRecordingAsync("s01-505", "inspector", bytes: 1000);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await PlayAsync(inspector, recording.Id);

        using HttpResponseMessage whole = await FetchAsync(inspector, recording.Id, null);
        using HttpResponseMessage middle = await FetchAsync(inspector, recording.Id, new RangeHeaderValue(300, 399));
        using HttpResponseMessage tail = await FetchAsync(inspector, recording.Id, new RangeHeaderValue(null, 10));
        using HttpResponseMessage beyond = await FetchAsync(inspector, recording.Id, new RangeHeaderValue(1000, 1100));

        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        whole.Headers.AcceptRanges.ShouldContain("bytes");
        whole.Headers.CacheControl!.NoStore.ShouldBeTrue("children are in it");
        whole.Content.Headers.ContentType!.MediaType.ShouldBe("video/x-matroska");
        middle.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        middle.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 300-399/1000");
        (await middle.Content.ReadAsByteArrayAsync()).ShouldBe((await whole.Content.ReadAsByteArrayAsync())[300..400]);
        tail.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 990-999/1000");
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task A_recording_whose_files_are_lost_says_so()
    {
        Recording recording = await _app.AddRecordingAsync("s01-506", "inspector");
        _app.Services.GetRequiredService<RecordingFolders>().Delete(recording.Id);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        await PlayAsync(inspector, recording.Id);

        await (await FetchAsync(inspector, recording.Id, null)).ShouldBeProblem(HttpStatusCode.NotFound, "recording-lost");
    }

    private static async Task<Guid> BeginVisitAsync(SignedIn visitor, string roomId, string purpose) =>
        (await (await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose })).JsonAsync()).GetProperty("visitId").GetGuid();

    private static async Task<JsonElement> StateAsync(SignedIn someone, string roomId) =>
        (await (await someone.Http.GetAsync($"/api/rooms/{roomId}/recording")).JsonAsync()).GetProperty("recording");

    private static async Task<JsonElement> PlayAsync(SignedIn someone, Guid id) =>
        await (await someone.Http.PostAsync($"/api/recordings/{id}/plays", null)).JsonAsync();

    private static Task<HttpResponseMessage> FetchAsync(SignedIn someone, Guid id, RangeHeaderValue? range) =>
        someone.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/recordings/{id}/parts/1") { Headers = { Range = range } });

    private static async Task<bool> ListsAsync(SignedIn someone, Guid id) =>
        (await (await someone.Http.GetAsync("/api/recordings?take=500")).JsonAsync()).EnumerateArray()
            .Any(recording => recording.GetProperty("recordingId").GetGuid() == id);

    private static async Task DecodesAsync(SignedIn someone, string url)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"xunke-played-{Guid.NewGuid():N}.mkv");
        try
        {
            await File.WriteAllBytesAsync(copy, await someone.Http.GetByteArrayAsync(url));
            await MediaProbe.ShouldDecodeAsync(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
