using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Web;

/// <summary>WHIP as RFC 9725 wants it: who may publish, and what is refused.</summary>
[Collection(WebCollection.Name)]
public sealed class WhipTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task An_offer_with_the_rooms_key_is_answered_201_with_the_sessions_address()
    {
        using HttpClient camera = await _app.CameraAsync("s05-101");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-101", Sdp(Offers.ChromiumPublisher));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/sdp");
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("v=0");
        string session = answer.Headers.Location!.ToString();
        session.ShouldStartWith("/whip/s05-101/");
        answer.Headers.ETag.ShouldNotBeNull();
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBe("*");
        (await camera.DeleteAsync(session)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await camera.DeleteAsync(session)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-session");
    }

    [Theory]
    [InlineData(null, "missing-key")]
    [InlineData("", "missing-key")]
    [InlineData("not-the-key", "wrong-key")]
    public async Task Without_the_rooms_key_nothing_is_published_and_whether_there_is_such_a_room_is_not_told(string? key, string code)
    {
        using HttpClient camera = _app.Anonymous();
        if (key is not null)
        {
            camera.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        foreach (string room in (string[])["s05-102", "nowhere"])
        {
            using HttpResponseMessage answer = await camera.PostAsync($"/whip/{room}", Sdp(Offers.ChromiumPublisher));

            await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, code);
            answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        }
    }

    [Fact]
    public async Task The_key_of_one_room_does_not_open_another()
    {
        using HttpClient camera = await _app.CameraAsync("s05-101");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-102", Sdp(Offers.ChromiumPublisher));

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-key");
    }

    [Fact]
    public async Task A_session_cookie_is_no_key()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer = await administrator.Http.PostAsync("/whip/s05-102", Sdp(Offers.ChromiumPublisher));

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "missing-key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no SDP")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n")]
    public async Task A_malformed_offer_is_answered_400(string offer)
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-103", Sdp(offer));

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-sdp");
    }

    [Fact]
    public async Task An_offer_that_is_not_text_is_answered_400()
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");
        using var bytes = new ByteArrayContent([0xff, 0xfe, 0x00, 0x80]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-103", bytes);

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-sdp");
    }

    [Fact]
    public async Task A_huge_offer_is_answered_413_whether_its_length_is_told_or_not()
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");
        string huge = Offers.ChromiumPublisher + new string('x', 65 * 1024);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/whip/s05-103") { Content = Sdp(huge) };
        chunked.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage told = await camera.PostAsync("/whip/s05-103", Sdp(huge));
        using HttpResponseMessage untold = await camera.SendAsync(chunked);

        await told.ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await untold.ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Another_content_type_is_answered_415(string type)
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-103", Text(Offers.ChromiumPublisher, type));

        await answer.ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
    }

    [Fact]
    public async Task A_client_that_takes_no_sdp_is_answered_406()
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");
        camera.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using HttpResponseMessage answer = await camera.PostAsync("/whip/s05-103", Sdp(Offers.ChromiumPublisher));

        await answer.ShouldBeProblem(HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Fact]
    public async Task Options_tell_a_page_of_any_origin_how_to_publish()
    {
        using HttpClient page = _app.Anonymous();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/whip/s05-103");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");

        using HttpResponseMessage answer = await page.SendAsync(preflight);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Accept-Post").ShouldHaveSingleItem().ShouldBe("application/sdp");
        answer.Headers.GetValues("Access-Control-Allow-Headers").ShouldHaveSingleItem().ShouldContain("Authorization");
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBe("*");
    }

    [Fact]
    public async Task Candidates_are_taken_ice_is_restarted_and_stale_tags_are_refused()
    {
        using HttpClient camera = await _app.CameraAsync("s05-104");
        using HttpResponseMessage created = await camera.PostAsync("/whip/s05-104", Sdp(Offers.ChromiumPublisher));
        string session = created.Headers.Location!.ToString();
        string tag = created.Headers.ETag!.ToString();
        string[] lines = Offers.ChromiumPublisher.Split("\r\n");
        string user = lines.First(line => line.StartsWith("a=ice-ufrag:", StringComparison.Ordinal));
        string own = $"{user}\r\n{lines.First(line => line.StartsWith("a=ice-pwd:", StringComparison.Ordinal))}\r\n";
        string candidate = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 b1f3-4e.local 9 typ host\r\n";
        string fresh = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n";

        async Task<HttpResponseMessage> PatchAsync(string? ifMatch, string fragment, string type = "application/trickle-ice-sdpfrag")
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, session) { Content = Text(fragment, type) };
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }

            return await camera.SendAsync(request);
        }

        (await PatchAsync(tag, own + candidate)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PatchAsync("*", own + candidate)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await PatchAsync(null, own)).ShouldBeProblem((HttpStatusCode)428, "if-match-required");
        await (await PatchAsync("\"another\"", own)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "if-match-failed");
        await (await PatchAsync(tag, "nonsense")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-sdp");
        await (await PatchAsync(tag, user)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-sdp");
        await (await PatchAsync("*", $"{user}\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "bad-ice-restart");
        await (await PatchAsync(tag, own, "text/plain")).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");

        using HttpResponseMessage restarted = await PatchAsync("*", fresh + candidate);

        restarted.StatusCode.ShouldBe(HttpStatusCode.OK);
        restarted.Content.Headers.ContentType!.MediaType.ShouldBe("application/trickle-ice-sdpfrag");
        string next = restarted.Headers.ETag!.ToString();
        next.ShouldNotBe(tag);
        string answer = await restarted.Content.ReadAsStringAsync();
        answer.ShouldStartWith("a=ice-lite\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=ice-ufrag:");
        answer.ShouldContain("a=candidate:1 1 udp ");
        await (await PatchAsync(tag, fresh)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "if-match-failed");
        (await PatchAsync(next, fresh)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Other_methods_are_answered_405()
    {
        using HttpClient camera = await _app.CameraAsync("s05-103");

        (await camera.GetAsync("/whip/s05-103")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Who_has_no_key_of_a_room_is_not_told_whether_there_is_such_a_room()
    {
        using HttpClient stranger = await _app.CameraAsync("s05-101");

        string known = await TryAsync("s05-103");
        string unknown = await TryAsync("nowhere");

        unknown.ShouldBe(known);

        async Task<string> TryAsync(string roomId)
        {
            string answers = string.Empty;
            foreach ((HttpMethod method, string path) in ((HttpMethod, string)[])[(HttpMethod.Post, ""), (HttpMethod.Patch, "/x"),
                (HttpMethod.Delete, "/x"), (HttpMethod.Options, "/x")])
            {
                using var request = new HttpRequestMessage(method, $"/whip/{roomId}{path}") { Content = Sdp(Offers.ChromiumPublisher) };
                using HttpResponseMessage answer = await stranger.SendAsync(request);
                string body = await answer.Content.ReadAsStringAsync();
                answers += $"{(int)answer.StatusCode} {answer.Headers.WwwAuthenticate} {System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "")}\n";
            }

            answers.ShouldContain("wrong-key");
            return answers;
        }
    }

    [Fact]
    public async Task A_rotated_key_ends_the_publisher_and_only_the_new_key_publishes()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using HttpClient camera = await _app.CameraAsync("s05-105");
        using HttpResponseMessage before = await camera.PostAsync("/whip/s05-105", Sdp(Offers.ChromiumPublisher));
        string session = before.Headers.Location!.ToString();

        JsonElement rotated = await (await administrator.Http.PostAsync("/api/admin/rooms/s05-105/key", null)).JsonAsync();

        rotated.GetProperty("whipUrl").GetString().ShouldBe(new Uri(_app.Address, "/whip/s05-105").ToString());
        await (await camera.PostAsync("/whip/s05-105", Sdp(Offers.ChromiumPublisher)))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-key");
        await (await camera.DeleteAsync(session)).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-key");
        using HttpClient renewed = await _app.CameraAsync("s05-105");
        renewed.DefaultRequestHeaders.Authorization!.Parameter.ShouldBe(rotated.GetProperty("key").GetString());
        await (await renewed.DeleteAsync(session)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-session");
        (await renewed.PostAsync("/whip/s05-105", Sdp(Offers.ChromiumPublisher))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_master_secret_is_for_the_server_alone_and_no_key_is_stored()
    {
        using HttpClient camera = await _app.CameraAsync("s05-106");
        string key = camera.DefaultRequestHeaders.Authorization!.Parameter!;

        File.GetUnixFileMode(Path.Combine(_app.Data, "whip-master.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (string file in Directory.EnumerateFiles(_app.Data, "xunke.db*"))
        {
            await using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(content, Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(key);
        }
    }

    private static StringContent Sdp(string text) => Text(text, "application/sdp");

    private static StringContent Text(string text, string type) => new(text, new MediaTypeHeaderValue(type));
}
