using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Client;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>The whole way of a picture: camera, WHIP, DTLS, SRTP, media server, worker process.</summary>
public sealed class DecoderPoolMediaServerTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task Pictures_of_a_published_room_come_out_and_come_again_after_the_publisher_did()
    {
        var clip = await RedClipAsync();
        await using var server = await WhipTestServer.StartAsync();
        await using var district = new TestDistrict(server.Media, new DecoderPoolOptions { Workers = 1 });
        district.Pool.Start();
        district.Pool.Watch(WhipTestServer.Room);

        await PublishUntilAsync(server, clip, () => district.Arrivals.Count >= 2);
        var before = district.Arrivals.Count;
        await PublishUntilAsync(server, clip, () => district.Arrivals.Count >= before + 2);

        foreach (var arrival in district.Arrivals)
        {
            (arrival.RoomId, arrival.Width, arrival.Height).ShouldBe((WhipTestServer.Room, 1024, 576));
            arrival.Middle.Red.ShouldBeGreaterThan((byte)230);
            arrival.Middle.Green.ShouldBeLessThan((byte)40);
        }

        district.Pool.Statistics(WhipTestServer.Room)!.DecodeErrors.ShouldBe(0);
        district.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("packetization-mode=1", "packetization-mode=0", "-g 30")]
    [InlineData("packetization-mode=1;", "", "-g 30 -x264-params slice-max-size=1000")]
    public async Task Pictures_of_a_publisher_that_offers_single_packets_come_out(string original, string replacement, string encoder)
    {
        var clip = await RedClipAsync(encoder);
        await using var server = await WhipTestServer.StartAsync();
        server.RewriteOffer = offer => offer.Replace(original, replacement, StringComparison.Ordinal);
        await using var district = new TestDistrict(server.Media, new DecoderPoolOptions { Workers = 1 });
        district.Pool.Start();
        district.Pool.Watch(WhipTestServer.Room);

        await PublishUntilAsync(server, clip, () => district.Arrivals.Count >= 4);

        district.Arrivals.ShouldAllBe(arrival => arrival.Middle.Red > 230 && arrival.Middle.Green < 40);
        district.Pool.Statistics(WhipTestServer.Room)!.DecodeErrors.ShouldBe(0);
    }

    [Fact]
    public async Task A_room_that_is_watched_late_starts_at_the_next_key_frame()
    {
        var clip = await RedClipAsync();
        await using var server = await WhipTestServer.StartAsync();
        await using var district = new TestDistrict(server.Media, new DecoderPoolOptions { Workers = 1 });
        district.Pool.Start();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await PublishUntilAsync(server, clip, () =>
        {
            if (log.Video.Count(packet => packet.Marker) > 20)
            {
                district.Pool.Watch(WhipTestServer.Room);
            }

            return district.Arrivals.Count >= 2;
        });
        district.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Packets_lost_on_the_way_never_show_as_a_broken_picture()
    {
        var clip = await RedClipAsync();
        await using var server = await WhipTestServer.StartAsync();
        using var relay = new LossyRelay(server.Media.Port) { ToServer = new PathConditions { Loss = 0.04 } };
        server.RewriteAnswer = relay.Redirect;
        await using var district = new TestDistrict(server.Media, new DecoderPoolOptions { Workers = 1 });
        district.Pool.Start();
        district.Pool.Watch(WhipTestServer.Room);

        await PublishUntilAsync(server, clip, () => district.Arrivals.Count >= 5 && relay.Lost > 5);
        district.Arrivals.ShouldAllBe(arrival => arrival.Middle.Red > 230 && arrival.Middle.Green < 40);
        district.Pool.Statistics(WhipTestServer.Room)!.DecodeErrors.ShouldBe(0);
    }

    // The key frames are two seconds apart; noise around the red middle makes pictures of several packets.
    private Task<string> RedClipAsync(string encoder = "-g 30") => _clips.MakeAsync(
        "red.mkv",
        "-f lavfi -i testsrc2=s=1280x720:r=15:d=4,drawbox=x=320:y=180:w=640:h=360:c=red:t=fill "
        + "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -profile:v main -bf 0 " + encoder);

    private static async Task PublishUntilAsync(WhipTestServer server, string clip, Func<bool> done)
    {
        var options = new WhipPublisherOptions { Url = server.Url, Key = WhipTestServer.Key, File = clip, Loop = true };
        await using var publisher = new WhipPublisher(options, TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = publisher.RunAsync(stop.Token);
        await TestDistrict.UntilAsync(done, "pictures");
        await stop.CancelAsync();
        await run;
    }
}
