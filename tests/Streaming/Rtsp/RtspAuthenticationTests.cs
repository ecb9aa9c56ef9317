using System.Security.Cryptography;
using System.Text;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Challenges as cameras write them. Texts hold one byte in each character, as on the wire.</summary>
public sealed class RtspAuthenticationTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private const string Uri = "rtsp://camera/live";

    /// <summary>A device's Chinese name as UTF-8 and as GB18030, one with 0x85 and 0xA0 in it, and an accent of Latin-1.</summary>
    public static TheoryData<string> Realms { get; } =
        [.. new[] { Wire("巡课摄像机"), "\u00D1\u00B2\u00BF\u00CE", "\u0085\u00A0\u0081\u00A0", "Caf\u00E9", "IP Camera(C3138), hall 2", "" }];

    [Theory]
    [MemberData(nameof(Realms))]
    public void A_realm_is_hashed_and_sent_back_byte_by_byte(string realm)
    {
        var authentication = new RtspAuthentication("管理员", "密码 1");

        authentication.TryLearn(Refusal($"Digest realm=\"{realm}\", nonce=\"{realm}n\", opaque=\"{realm}o\"")).ShouldBeTrue();

        var answer = authentication.Authorize("DESCRIBE", Uri)!;
        answer.ShouldContain($"username=\"{Wire("管理员")}\", realm=\"{realm}\", nonce=\"{realm}n\"");
        answer.ShouldContain($"opaque=\"{realm}o\"");
        answer.ShouldContain($"response=\"{Hash($"{Hash($"{Wire("管理员")}:{realm}:{Wire("密码 1")}")}:{realm}n:{Hash($"DESCRIBE:{Uri}")}")}\"");
    }

    [Theory]
    [MemberData(nameof(Realms))]
    public async Task A_camera_lets_in_who_knows_the_password_whatever_its_name_is_written_in(string realm)
    {
        await using var camera = new HabitCamera(clip)
        {
            Answer = request => IsRight(request, realm, Wire("管理员"), Wire("密码")) ? null
                : HabitCamera.Response("401 Unauthorized", request, $"WWW-Authenticate: Digest realm=\"{realm}\", nonce=\"a1\""),
        };
        await using var room = new CameraRoom();

        (await room.Pool.TestAsync(HabitCamera.SourceOf(camera.Url, "管理员", "密码"), TestContext.Current.CancellationToken))
            .ShouldBe((null, null));
    }

    [Theory]
    [InlineData("Basic realm=\"a\", Digest realm=\"a, b=c\", nonce=\"1\"", "a, b=c")]
    [InlineData("Digest realm=\"a\", nonce=\"1\", Basic realm=\"b\"", "a")]
    [InlineData("digest realm = \"a\" , nonce = \"1\"", "a")]
    [InlineData("Digest  realm=\"a\",nonce=\"1\",stale=FALSE,", "a")]
    [InlineData("Digest realm=a, nonce=1", "a")]
    [InlineData("Digest realm=IP Camera nonce=1", "IP Camera")]
    [InlineData("Digest realm=\"a \\\"b\\\" c\", nonce=\"1\"", "a \"b\" c")]
    [InlineData("Digest realm=\"a\", nonce=\"1\", algorithm=\"MD5\"", "a")]
    [InlineData("Digest nonce=\"1\", realm=\"a", "a")]
    public void Challenges_are_read_however_they_are_put_into_the_line(string header, string realm)
    {
        var authentication = new RtspAuthentication("user", "password");

        authentication.TryLearn(Refusal(header)).ShouldBeTrue();

        authentication.Authorize("PLAY", Uri)!.ShouldContain(
            $"response=\"{Hash($"{Hash($"user:{realm}:password")}:1:{Hash($"PLAY:{Uri}")}")}\"");
    }

    [Fact]
    public void A_session_hash_and_a_quality_are_answered()
    {
        var authentication = new RtspAuthentication("user", "password");

        authentication.TryLearn(Refusal("Digest realm=\"a\", nonce=\"1\", algorithm=MD5-sess, qop=\"auth\"")).ShouldBeTrue();

        var answer = authentication.Authorize("PLAY", Uri)!;
        var own = answer.Split("cnonce=\"")[1].Split('"')[0];
        var secret = Hash($"{Hash("user:a:password")}:1:{own}");
        answer.ShouldContain($"response=\"{Hash($"{secret}:1:00000001:{own}:auth:{Hash($"PLAY:{Uri}")}")}\"");
    }

    [Fact]
    public void A_camera_that_knows_auth_int_alone_is_answered_as_ffmpeg_does_and_then_by_its_word()
    {
        const string Challenge = "Digest realm=\"a\", nonce=\"1\", qop=\"auth-int\"";
        var authentication = new RtspAuthentication("user", "password");
        authentication.TryLearn(Refusal(Challenge)).ShouldBeTrue();
        authentication.Authorize("PLAY", Uri)!.ShouldNotContain("qop");

        authentication.TryLearn(Refusal(Challenge)).ShouldBeTrue();
        var answer = authentication.Authorize("PLAY", Uri)!;
        var own = answer.Split("cnonce=\"")[1].Split('"')[0];
        answer.ShouldContain(
            $"response=\"{Hash($"{Hash("user:a:password")}:1:00000001:{own}:auth-int:{Hash($"PLAY:{Uri}:{Hash("")}")}")}\"");
        authentication.TryLearn(Refusal(Challenge)).ShouldBeFalse();
    }

    [Fact]
    public void A_wrong_password_is_sent_once_and_a_nonce_that_grew_old_is_replaced()
    {
        var authentication = new RtspAuthentication("user", "password");
        authentication.TryLearn(Refusal("Digest realm=\"a\", nonce=\"1\"")).ShouldBeTrue();
        authentication.Authorize("PLAY", Uri);
        authentication.TryLearn(Refusal("Digest realm=\"a\", nonce=\"2\"")).ShouldBeFalse();

        authentication.Authorize("PLAY", Uri);
        authentication.TryLearn(Refusal("Digest realm=\"a\", nonce=\"3\", stale=TRUE")).ShouldBeTrue();
        authentication.Authorize("PLAY", Uri)!.ShouldContain("nonce=\"3\"");
        authentication.Accepted(Accepted("Authentication-Info: nextnonce=\"4\""));
        authentication.Authorize("PLAY", Uri)!.ShouldContain("nonce=\"4\"");

        authentication.Accepted(Accepted("Server: camera"));
        authentication.TryLearn(Refusal("Digest realm=\"a\", nonce=\"5\"")).ShouldBeTrue();
        authentication.Authorize("PLAY", Uri)!.ShouldContain("nonce=\"5\"");
    }

    private static bool IsRight(HabitRequest request, string realm, string user, string password) =>
        request.Header("Authorization") is { } header
        && header.Contains($"username=\"{user}\"", StringComparison.Ordinal)
        && header.Contains($"realm=\"{realm}\"", StringComparison.Ordinal)
        && header.Contains(
            Hash($"{Hash($"{user}:{realm}:{password}")}:a1:{Hash($"{request.Method}:{request.Uri}")}"), StringComparison.Ordinal);

    private static RtspMessage Refusal(string challenge) =>
        RtspMessage.ParseHead(Encoding.Latin1.GetBytes($"RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: {challenge}\r\n"));

    private static RtspMessage Accepted(string header) =>
        RtspMessage.ParseHead(Encoding.Latin1.GetBytes($"RTSP/1.0 200 OK\r\n{header}\r\n"));

    private static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(text)));
}
