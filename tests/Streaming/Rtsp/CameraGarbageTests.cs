using System.Text;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Streams with bytes in them that belong to nothing: a blemish, not the end.</summary>
public sealed class CameraGarbageTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("garbage")]
    [InlineData("garbage full of dollars")]
    [InlineData("letters")]
    [InlineData("a frame broken off")]
    [InlineData("a longer length")]
    [InlineData("the longest length")]
    [InlineData("a shorter length")]
    [InlineData("unknown channels")]
    [InlineData("empty frames")]
    [InlineData("no RTP")]
    [InlineData("empty lines")]
    [InlineData("half a header")]
    [InlineData("answers to nothing")]
    public async Task A_camera_that_sends_what_belongs_to_nothing_is_played_on(string what)
    {
        var random = new Random(7);
        await using var camera = new HabitCamera(clip) { Wire = (packet, frame) => packet % 20 == 19 ? Spoil(what, frame, random) : frame };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 60);

        camera.Players.ShouldBe(1);
        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Fact]
    public async Task A_stream_of_nothing_but_garbage_is_told_as_damaged()
    {
        var random = new Random(7);
        await using var camera = new HabitCamera(clip)
        {
            Wire = (packet, frame) =>
            {
                if (packet > 100)
                {
                    random.NextBytes(frame);
                }

                return frame;
            },
        };
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.Garbled);
    }

    [Fact]
    public async Task A_flood_of_garbage_ends_it_before_patience_does()
    {
        var random = new Random(7);
        await using var camera = new HabitCamera(clip)
        {
            Wire = (packet, frame) =>
            {
                var flood = new byte[packet > 30 ? 100_000 : 0];
                random.NextBytes(flood);
                return packet > 30 ? flood : frame;
            },
        };
        await using var room = new CameraRoom(CameraRoom.Quick with { Patience = TimeSpan.FromSeconds(60) });

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.Garbled);
    }

    [Fact]
    public async Task Frames_and_messages_are_found_again_however_the_bytes_are_cut()
    {
        byte[] frame = [(byte)'$', 0, 0, 12, 0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9];
        byte[] text =
        [
            .. "\u0001\u0002$R"u8, .. "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2\r\n\r\nhi"u8, .. frame,
            .. "$\u0000$\u0009garbage RTSP/2 $$"u8,
            .. frame, .. "\r\n"u8, .. "$\u0005\u0000\u0003abc"u8, .. frame, .. "RTSP/1.0 200 OK\nCSeq: 2\n\n"u8,
            .. frame[..9], .. frame, .. frame,
        ];
        for (var cut = 1; cut < text.Length; cut++)
        {
            var sync = new InterleavedSync();
            sync.Expect(0);
            await using var connection = new RtspConnection(new Pieces(text[..cut], text[cut..]), sync);
            var seen = new StringBuilder();
            while (await connection.FillAsync(Cancellation))
            {
                for (var more = true; more;)
                {
                    more = false;
                    while (connection.TryTakeFrames(out var frames))
                    {
                        seen.Append('f', frames.Length / frame.Length);
                        more = true;
                    }

                    if (connection.TakeMessage() is { } message)
                    {
                        seen.Append(message.Sequence);
                        more = true;
                    }
                }
            }

            // Of the frame that was broken off and the next, one may be lost.
            seen.ToString().ShouldBeOneOf(["1fff2ff", "1fff2f", "1fff2fff"], $"cut at {cut}");
        }
    }

    private static byte[] Spoil(string what, byte[] frame, Random random)
    {
        var garbage = new byte[37];
        random.NextBytes(garbage);
        var wrong = (byte[])frame.Clone();
        switch (what)
        {
            case "garbage full of dollars":
                for (var i = 0; i < garbage.Length; i += 3)
                {
                    garbage[i] = (byte)'$';
                }

                goto case "garbage";
            case "garbage":
                return [.. garbage, .. frame];
            case "letters":
                return [.. "RTSPANNOUNCE OPTIONS Regards\n"u8, .. frame];
            case "a frame broken off":
                return frame[..(frame.Length / 2)];
            case "a longer length":
                (wrong[2], wrong[3]) = ((byte)((frame.Length + 296) >> 8), (byte)(frame.Length + 296));
                return wrong;
            case "the longest length":
                return [(byte)'$', 0, 0xFF, 0xFF, .. frame.AsSpan(4)];
            case "a shorter length":
                (wrong[2], wrong[3]) = (0, 20);
                return wrong;
            case "unknown channels":
                return [(byte)'$', 7, 0, 30, .. garbage.AsSpan(0, 30), (byte)'$', 200, 0, 0, .. frame];
            case "empty frames":
                return [(byte)'$', 0, 0, 0, (byte)'$', 0, 0, 3, 1, 2, 3, .. frame];
            case "no RTP":
                return [(byte)'$', 0, 0, 20, .. new byte[20], .. frame];
            case "empty lines":
                return [.. "\r\n\r\n"u8, .. frame];
            case "half a header":
                return [(byte)'$', 0, .. frame];
            default:
                return [.. "RTSP/1.0 200 OK\r\n\r\n"u8, .. frame];
        }
    }
}
