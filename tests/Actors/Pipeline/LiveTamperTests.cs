using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors;
using Xunke.Actors.Live;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Pipeline;

/// <summary>A camera that everything happens to, through WHIP, decoding and analysis into the room's view.</summary>
public sealed class LiveTamperTests(MadeClips clips) : IClassFixture<MadeClips>, IAsyncLifetime
{
    private const string Small = "scale=832:468,fps=10";

    // At a constant quantiser the encoder leaves what stands still as it is.
    private static readonly string[] Coded =
        ["-c:v", "libx264", "-preset", "veryfast", "-qp", "26", "-bf", "0", "-g", "900", "-pix_fmt", "yuv420p"];

    private TestRecords _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestRecords.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(RoomFaults.ViewCovered, "drawbox=c=0x705040:t=fill:enable='gte(t,4)'")]
    [InlineData(RoomFaults.ViewDark, "eq=brightness=-0.62:contrast=0.3:enable='gte(t,4)'")]
    [InlineData(RoomFaults.ViewBlurred, "boxblur=6:2:enable='gte(t,4)'")]
    [InlineData(RoomFaults.ViewFrozen, "trim=duration=4,tpad=stop_mode=clone:stop_duration=41")]
    public async Task What_happens_to_a_cameras_view_is_told_and_meanwhile_there_are_no_numbers(string fault, string filter)
    {
        string clip = clips.Make($"{fault}.mkv", ["-t", "45", "-i", Clips.Front, "-an", "-vf", $"{Small},{filter}", .. Coded]);

        RoomView told = await SeeAsync(clip, fault);

        told.State.ShouldBe(ClassroomState.Live);
        (told.HeadUpRate.Value, told.Participation.Value).ShouldBe((null, null));
        told.Poses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_camera_that_is_turned_elsewhere_is_told()
    {
        string clip = clips.Make(
            "moved.mkv",
            [
                "-t", "12", "-i", Clips.Front, "-stream_loop", "2", "-t", "50", "-i", Clips.Rear, "-an",
                "-filter_complex", $"[0:v]{Small}[a];[1:v]{Small}[b];[a][b]concat=n=2:v=1:a=0", .. Coded,
            ]);

        await SeeAsync(clip, RoomFaults.ViewMoved);
    }

    /// <summary>Shows a room the clip until what is wrong with it is told.</summary>
    private async Task<RoomView> SeeAsync(string clip, string fault)
    {
        var models = await ImportedModels.GetAsync();
        var views = new Views();
        await using var system = await MonitoringSystem.StartAsync(
            new MonitoringOptions
            {
                Database = _database.Database,
                Records = _database,
                CreateEstimator = () => PoseEstimator.Load(models),
                Media = new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 },
                Decoding = new DecoderPoolOptions { Workers = 1 },
                Analysis = new SchedulerOptions { Workers = 1 },
            },
            [new SchoolRegistration("s01", [new RoomRegistration(WhipTestServer.Room, "s01", 24)])],
            views, TimeProvider.System, NullLoggerFactory.Instance, Cancelled);
        await using var camera = await PlayingCamera.StartAsync(system.Media, clip);
        await Eventually.TrueAsync(
            () => views.Of(WhipTestServer.Room).Any(view => view.Fault == fault),
            () => string.Join("; ", views.Of(WhipTestServer.Room).Select(view => $"{view.State} {view.Fault} {view.People}")),
            TimeSpan.FromMinutes(3));
        return views.Of(WhipTestServer.Room).First(view => view.Fault == fault);
    }
}
