using System.Text;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

public sealed class RtspMessageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_and_frames_are_told_apart_however_they_are_cut()
    {
        var text =
            "\r\nRTSP/1.0 200 OK\r\ncseq: 7\r\nContent-Length: 5\r\n\r\nhello$\0\0\u0003abcRTSP/1.0 200 OK\r\nCSeq: 8\r\n\r\n"u8.ToArray();
        for (var cut = 1; cut < text.Length; cut++)
        {
            await using var connection = new RtspConnection(new Pieces(text[..cut], text[cut..]));
            var seen = new List<string>();
            while (await connection.FillAsync(Cancellation))
            {
                while (true)
                {
                    if (connection.TryTakeFrames(out var frames))
                    {
                        seen.Add(Encoding.ASCII.GetString(frames.Span[InterleavedFrame.HeaderLength..]));
                    }
                    else if (connection.TakeMessage() is { } message)
                    {
                        seen.Add($"{message.Sequence} {Encoding.ASCII.GetString(message.Body.Span)}");
                    }
                    else
                    {
                        break;
                    }
                }
            }

            seen.ShouldBe(["7 hello", "abc", "8 "], $"cut at {cut}");
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("RTSP/1.0\r\n\r\n")]
    [InlineData("RTSP/1.0 20 OK\r\n\r\n")]
    [InlineData("RTSP/1.0 OK 200\r\n\r\n")]
    [InlineData("DESCRIBE\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 70000\r\n\r\n")]
    public async Task What_is_not_rtsp_is_refused(string text)
    {
        await using var connection = new RtspConnection(new Pieces(Encoding.ASCII.GetBytes(text)));
        await connection.FillAsync(Cancellation);

        Should.Throw<RtspException>(connection.TakeMessage);
    }

    [Fact]
    public async Task An_endless_head_is_refused()
    {
        await using var connection =
            new RtspConnection(new Pieces(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a: b\r\n", 20_000)))));

        await Should.ThrowAsync<RtspException>(async () => await connection.ReadMessageAsync(Cancellation));
    }

    // RFC 2069 2.4 (as corrected by erratum 749), RFC 7616 3.9.1.
    [Theory]
    [InlineData(
        "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
        "Mufasa", "CircleOfLife", "/dir/index.html", "response=\"1949323746fe6a43ef61f9606e7febea\"")]
    public void A_digest_without_qop_is_answered_as_the_rfc_says(
        string challenge, string user, string password, string uri, string response)
    {
        var authentication = new RtspAuthentication(user, password);

        authentication.TryLearn(Refusal(challenge)).ShouldBeTrue();

        authentication.Authorize("GET", uri)!.ShouldContain(response);
    }

    [Fact]
    public void Digest_is_preferred_to_basic_and_unknown_algorithms_are_passed_over()
    {
        var authentication = new RtspAuthentication("user", "password");

        authentication.TryLearn(Refusal(
            "Basic realm=\"camera\"", "Digest realm=\"camera\", nonce=\"1\", algorithm=SHA-512-256",
            "Digest realm=\"camera, of \\\"mine\\\"\", nonce=\"2\", algorithm=SHA-256, qop=\"auth-int,auth\""))
            .ShouldBeTrue();

        var answer = authentication.Authorize("DESCRIBE", "rtsp://camera/")!;
        answer.ShouldStartWith("Digest username=\"user\", realm=\"camera, of \\\"mine\\\"\", nonce=\"2\"");
        answer.ShouldContain("qop=auth, nc=00000001");
        authentication.Authorize("SETUP", "rtsp://camera/")!.ShouldContain("nc=00000002");
    }

    [Fact]
    public void Basic_is_answered_where_nothing_better_is_offered()
    {
        var authentication = new RtspAuthentication("user", "password");

        authentication.TryLearn(Refusal("Basic realm=\"camera\"")).ShouldBeTrue();

        authentication.Authorize("DESCRIBE", "rtsp://camera/").ShouldBe("Basic dXNlcjpwYXNzd29yZA==");
    }

    [Theory]
    [InlineData("Negotiate")]
    [InlineData("Digest realm=\"camera\", nonce=\"1\", algorithm=token")]
    [InlineData("Digest realm")]
    [InlineData("")]
    public void A_challenge_that_cannot_be_answered_is_no_reason_to_ask_again(string challenge)
    {
        var learnt = new RtspAuthentication("user", "password").TryLearn(Refusal(challenge));

        // A digest challenge without its parameters is answered as it is, and refused by the camera.
        learnt.ShouldBe(challenge == "Digest realm");
    }

    private static RtspMessage Refusal(params string[] challenges) => RtspMessage.ParseHead(Encoding.ASCII.GetBytes(
        "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n" + string.Concat(challenges.Select(challenge => $"WWW-Authenticate: {challenge}\r\n"))));
}
