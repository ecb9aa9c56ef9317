using System.Text;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>What a camera may answer: messages and frames of a connection, challenges, session descriptions; and addresses.</summary>
internal sealed class RtspTarget : FuzzTarget
{
    private const string Challenge =
        "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"IP Camera(12345)\", nonce=\"3f2a9c\", qop=\"auth\", algorithm=MD5, stale=\"FALSE\"\r\n"
        + "WWW-Authenticate: Basic realm=\"IP Camera\"\r\n\r\n";

    private const string Description =
        "v=0\r\no=- 1109162014219182 1 IN IP4 192.0.2.64\r\ns=Media Presentation\r\nt=0 0\r\na=control:*\r\n"
        + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA==\r\na=control:trackID=1\r\n"
        + "m=audio 0 RTP/AVP 8\r\na=control:trackID=2\r\nm=audio 0 RTP/AVP 0\r\na=sendonly\r\na=control:trackID=3\r\n";

    public override string Name => "rtsp";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.Latin1.GetBytes(Challenge),
        Encoding.Latin1.GetBytes($"RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Base: rtsp://192.0.2.64/stream/\r\nContent-Type: application/sdp\r\nContent-Length: {Description.Length}\r\n\r\n{Description}"),
        Encoding.Latin1.GetBytes(Description),
        Encoding.Latin1.GetBytes("SETUP rtsp://127.0.0.1:40000/stream/streamid=0 RTSP/1.0\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nCSeq: 4\r\nSession: 1\r\n\r\n"),
        [.. "$\0\0\u0010"u8, .. MediaCorpus.H264[1][..16], .. "RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n"u8],
        "rtsp://admin:pass%40word@[2001:db8::64]:554/h264/ch1/main/av_stream?x=1"u8.ToArray(),
        "rtsps://camera.example.org/live"u8.ToArray(),
    ];

    public override int MaximumLength => 4096;

    // The connection's two buffers of up to 128 KiB, the message's strings, and a hash or two.
    public override long AllocationBound => 1024 * 1024;

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var text = Encoding.Latin1.GetString(input);
        if (CameraAddress.TryParse(text, out var address, out _))
        {
            Expect.True(CameraAddress.TryParse(address.Text, out var again, out var secret)
                && again == address && secret is null, "an address does not read itself");
        }

        try
        {
            CameraOffer.From(text, withAudio: true);
        }
        catch (CameraException)
        {
            // The documented refusal.
        }

        Converse(input.ToArray());
    }

    private static void Converse(byte[] received)
    {
        var authentication = new RtspAuthentication("user", "password");
        var connection = new RtspConnection(new MemoryStream(received, writable: false));
        try
        {
            while (Read(connection) is { } message)
            {
                _ = message.Status + message.Sequence;
                RtspMessage.Answer(message).ToBytes();
                if (authentication.TryLearn(message))
                {
                    authentication.Authorize("DESCRIBE", "rtsp://192.0.2.64/");
                }
            }
        }
        catch (RtspException)
        {
            // The documented refusal.
        }
        finally
        {
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // Memory is always at hand, so nothing waits.
    private static RtspMessage? Read(RtspConnection connection) =>
        connection.ReadMessageAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
