using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Client;
using Xunke.Tests.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Client;

public sealed class WhipPublisherTests : IDisposable
{
    private const string Picture = "-f lavfi -i testsrc=size=320x240:rate=15:duration=2";
    private const string Tone = "-f lavfi -i sine=frequency=440:duration=2";
    private const string H264 = "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -profile:v main -bf 0 -g 8";

    private readonly TestClips _clips = new();

    [Fact]
    public async Task Picture_and_sound_arrive_and_go_on_round_the_loop()
    {
        var clip = await _clips.MakeAsync("both.mkv", $"{Picture} {Tone} {H264} -c:a libopus");
        await using var server = await WhipTestServer.StartAsync();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = Publisher(server.Url, clip);
        using var stop = Stop();
        var run = publisher.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => log.Video.Count(packet => packet.Marker) > 45 && log.Audio.Count > 150);
        publisher.State.ShouldBe(PublisherState.Connected);
        publisher.PacketsSent.ShouldBeGreaterThan(45);
        await stop.CancelAsync();
        await run;

        publisher.State.ShouldBe(PublisherState.Stopped);
        server.Deleted.Count.ShouldBe(1);
        server.Media.HasSession(server.Deleted.Single()).ShouldBeFalse();
        Contiguous(log.Video);
        Contiguous(log.Audio);

        // 15 frames a second on a 90 kHz clock, in whole milliseconds. Where the clip begins again the step is longer: a clip
        // lasts as long as its sound, which ends with the encoder's last packets, after its picture. Once it is as long as a
        // busy machine takes to start the child that plays all further rounds.
        var steps = FrameTimes(log.Video).Select(frame => frame.Later - frame.Earlier).ToArray();
        steps.ShouldAllBe(step => step >= 5_800);
        steps.Count(step => step > 14_000).ShouldBeLessThanOrEqualTo(1);

        // The first round is shorter by what passed before the session stood, so whole rounds lie between such steps only.
        var rounds = steps.Index().Where(step => step.Item > 6_200).Select(step => step.Index).ToArray();
        rounds.Length.ShouldBeLessThanOrEqualTo(1 + (steps.Length / 30));
        rounds.Zip(rounds.Skip(1), (earlier, later) => later - earlier).ShouldAllBe(frames => frames % 30 == 0);

        log.Video.First().IsAggregate.ShouldBeTrue("parameter sets come before the first key frame");
        var complete = log.Video.Reverse().SkipWhile(packet => !packet.Marker).ToArray();
        complete.Count(packet => packet.BeginsKeySlice).ShouldBe(complete.Count(packet => packet.IsAggregate));
        log.Video.Max(packet => packet.Length).ShouldBeLessThanOrEqualTo(1200);
    }

    [Fact]
    public async Task Packets_lost_on_the_way_are_sent_again_when_the_server_asks()
    {
        var clip = await _clips.MakeAsync("both.mkv", $"{Picture} {Tone} {H264} -c:a libopus");
        await using var server = await WhipTestServer.StartAsync();
        using var relay = new LossyRelay(server.Media.Port) { ToServer = new PathConditions { Loss = 0.1 } };
        server.RewriteAnswer = relay.Redirect;
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = Publisher(server.Url, clip);
        using var stop = Stop();
        var run = publisher.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => log.Video.Count > 150);
        await stop.CancelAsync();
        await run;

        relay.Lost.ShouldBeGreaterThan(10);
        var numbers = log.Video.Select(packet => packet.SequenceNumber).Order().ToArray();
        numbers.Distinct().Count().ShouldBe(numbers.Length);

        // The newest packets may have been lost just before the end, with no time left to ask for them.
        var settled = numbers.SkipLast(30).ToArray();
        (settled[^1] - settled[0] + 1).ShouldBe(settled.Length);
    }

    [Fact]
    public async Task A_clip_with_B_frames_and_other_sound_is_encoded_afresh()
    {
        var clip = await _clips.MakeAsync(
            "main.mp4", $"{Picture} {Tone} -pix_fmt yuv420p -c:v libx264 -preset medium -bf 2 -g 100 -c:a aac -shortest");
        await using var server = await WhipTestServer.StartAsync();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = Publisher(server.Url, clip);
        using var stop = Stop();
        var run = publisher.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => log.Video.Count(packet => packet.Marker) > 20 && log.Audio.Count > 50);
        await stop.CancelAsync();
        await run;

        server.Offers.Single().ShouldContain($"profile-level-id={ClipProbe.EncodedProfileLevelId}");
        foreach (var (earlier, later) in FrameTimes(log.Video))
        {
            (later - earlier).ShouldBeLessThan(90_000u, "frames must come in the order in which they are shown");
        }
    }

    [Fact]
    public async Task A_clip_without_sound_offers_and_sends_video_only_and_ends_with_the_file()
    {
        var clip = await _clips.MakeAsync("silent.mkv", $"{Picture} {H264}");
        await using var server = await WhipTestServer.StartAsync();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = Publisher(server.Url, clip, loop: false);

        await publisher.RunAsync(TestContext.Current.CancellationToken);

        server.Offers.Single().ShouldNotContain("m=audio");
        log.Audio.ShouldBeEmpty();
        log.Video.Count(packet => packet.Marker).ShouldBe(30);
        server.Deleted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_start_inside_the_clip_skips_what_is_before()
    {
        var clip = await _clips.MakeAsync("silent.mkv", $"{Picture} {H264}");
        await using var server = await WhipTestServer.StartAsync();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = Publisher(server.Url, clip, loop: false, startAt: TimeSpan.FromSeconds(1.1));

        await publisher.RunAsync(TestContext.Current.CancellationToken);

        // The run begins at the key frame before 1.1 s, of which there is one every 8 frames.
        log.Video.Count(packet => packet.Marker).ShouldBeInRange(10, 22);
        log.Video.First().IsAggregate.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_key_is_reported_and_not_tried_again()
    {
        var clip = await _clips.MakeAsync("silent.mkv", $"{Picture} {H264}");
        await using var server = await WhipTestServer.StartAsync();
        await using var publisher = Publisher(server.Url, clip, key: "a-wrong-key");

        var fault = await Should.ThrowAsync<PublishException>(publisher.RunAsync(TestContext.Current.CancellationToken));

        fault.Fault.ShouldBe(PublishFault.KeyRefused);
        fault.Message.ShouldNotContain("a-wrong-key");
        publisher.State.ShouldBe(PublisherState.Stopped);
    }

    [Fact]
    public async Task An_unknown_room_is_reported_with_the_servers_word()
    {
        var clip = await _clips.MakeAsync("silent.mkv", $"{Picture} {H264}");
        await using var server = await WhipTestServer.StartAsync();
        await using var publisher = Publisher(new Uri(server.Url, "/whip/nowhere"), clip);

        var fault = await Should.ThrowAsync<PublishException>(publisher.RunAsync(TestContext.Current.CancellationToken));

        fault.Fault.ShouldBe(PublishFault.RoomUnknown);
        fault.Message.ShouldContain("No such room.");
    }

    [Fact]
    public async Task Files_that_hold_no_video_are_reported()
    {
        var sound = await _clips.MakeAsync("sound.ogg", $"{Tone} -c:a libopus");
        var text = Path.ChangeExtension(sound, ".txt");
        await File.WriteAllTextAsync(text, "not a film", TestContext.Current.CancellationToken);
        foreach (var file in new[] { sound, text, Path.ChangeExtension(sound, ".missing") })
        {
            await using var publisher = Publisher(new Uri("http://127.0.0.1:9/whip/x"), file);

            var fault = await Should.ThrowAsync<PublishException>(publisher.RunAsync(TestContext.Current.CancellationToken));

            fault.Fault.ShouldBe(PublishFault.FileUnreadable);
            fault.Message.ShouldContain(file);
        }
    }

    [Fact]
    public async Task A_busy_server_is_tried_again_and_a_redirection_keeps_the_key()
    {
        var clip = await _clips.MakeAsync("silent.mkv", $"{Picture} {H264}");
        await using var server = await WhipTestServer.StartAsync();
        var posts = 0;
        server.Intercept = context =>
        {
            switch (++posts)
            {
                case 1:
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    return Task.FromResult(true);
                case 2:
                    context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                    context.Response.Headers.Location = server.Url.AbsolutePath;
                    return Task.FromResult(true);
                default:
                    return Task.FromResult(false);
            }
        };
        await using var publisher = Publisher(server.Url, clip, loop: false);

        await publisher.RunAsync(TestContext.Current.CancellationToken);

        posts.ShouldBe(3);
        publisher.PacketsSent.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_publisher_comes_back()
    {
        var clip = await _clips.MakeAsync("both.mkv", $"{Picture} {Tone} {H264} -c:a libopus");
        var first = await WhipTestServer.StartAsync();
        var port = first.Port;
        await using var publisher = Publisher(first.Url, clip);
        using var stop = Stop();
        var run = publisher.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => publisher.PacketsSent > 10);

        await first.DisposeAsync();
        await Eventually.TrueAsync(() => publisher.State != PublisherState.Connected);
        await using var second = await WhipTestServer.StartAsync(port);
        var log = new PacketLog();
        using var tap = second.Media.Tap(WhipTestServer.Room, log);

        await Eventually.TrueAsync(() => log.Video.Count > 10 && log.Audio.Count > 10);
        await stop.CancelAsync();
        await run;
    }

    public void Dispose() => _clips.Dispose();

    private static CancellationTokenSource Stop() => CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private static WhipPublisher Publisher(
        Uri url, string file, string key = WhipTestServer.Key, bool loop = true, TimeSpan startAt = default) =>
        new(
            new WhipPublisherOptions { Url = url, Key = key, File = file, Loop = loop, StartAt = startAt },
            TimeProvider.System,
            NullLoggerFactory.Instance);

    private static void Contiguous(IReadOnlyCollection<PacketLog.Entry> packets)
    {
        foreach (var (earlier, later) in packets.Zip(packets.Skip(1)))
        {
            later.SequenceNumber.ShouldBe((ushort)(earlier.SequenceNumber + 1));
        }
    }

    private static IEnumerable<(uint Earlier, uint Later)> FrameTimes(IReadOnlyCollection<PacketLog.Entry> packets)
    {
        var times = packets.Where(packet => packet.Marker).Select(packet => packet.Timestamp).ToArray();
        return times.Zip(times.Skip(1));
    }
}
