using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Client;
using Xunke.Tests.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Client;

/// <summary>A published clip whose FFmpeg dies has not ended.</summary>
[SupportedOSPlatform("linux")]
public sealed class PublishedClipChildTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_player_is_started_again(bool loop)
    {
        string clip = await _clips.MakeAsync(
            "long.mkv", "-f lavfi -i testsrc=size=320x240:rate=15:duration=60 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -profile:v main -bf 0 -g 8");
        await using var server = await WhipTestServer.StartAsync();
        var log = new PacketLog();
        using var tap = server.Media.Tap(WhipTestServer.Room, log);
        await using var publisher = new WhipPublisher(
            new WhipPublisherOptions { Url = server.Url, Key = WhipTestServer.Key, File = clip, Loop = loop },
            TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        Task run = publisher.RunAsync(stop.Token);
        for (int kill = 0; kill < 2; kill++)
        {
            int before = log.Video.Count;
            await Eventually.TrueAsync(() => log.Video.Count > before + 20, within: TimeSpan.FromSeconds(60));
            ChildProcesses.Signal("-KILL", ChildProcesses.Find(Environment.ProcessId, "ffmpeg", clip).ShouldNotBeNull());
        }

        int after = log.Video.Count;
        await Eventually.TrueAsync(() => log.Video.Count > after + 20, within: TimeSpan.FromSeconds(60));
        run.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await run;
    }
}
