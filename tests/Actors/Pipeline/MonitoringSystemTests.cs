using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors;
using Xunke.Actors.Live;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Pipeline;

/// <summary>The whole path with its real parts; only the camera is a file.</summary>
public sealed class MonitoringSystemTests : IDisposable
{
    private const string Room = "s01-304";

    private readonly TempDatabase _database = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Pictures_of_a_class_become_its_live_view_its_schools_and_its_chart()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        await FeedAsync(system, seconds: 8);

        await Eventually.TrueAsync(
            () => views.Of(Room).Any(view => view.People >= 10), () => Describe(views), TimeSpan.FromSeconds(60));
        var view = await system.GetRoomAsync(Room, Cancelled);
        view.State.ShouldBe(ClassroomState.Live);
        view.Poses.Length.ShouldBe(view.People);
        view.Poses.ShouldContain(pose => pose.Seat >= 0 && pose.Joints.Any(joint => joint > 0));
        (view.HandsRaised + view.Standing + view.HeadsUp + view.HeadsDown + view.Unknown).ShouldBe(view.People);
        view.IntervalMilliseconds.ShouldBeGreaterThanOrEqualTo(1000);
        (await system.GetHistoryAsync(Room, TimeSpan.FromMinutes(10), Cancelled)).Points.ShouldNotBeEmpty();
        await Eventually.TrueAsync(() => views.Districts.Any(district => district.Schools[0] is { Live: 1, People: >= 10 }));
        (await system.GetSchoolRoomsAsync("s01", Cancelled)).Select(room => room.RoomId).ShouldBe([Room, "s01-305"]);

        system.Pipeline.PublisherGone(Room, "camera", GoneReason.Vanished);
        await Eventually.TrueAsync(() => views.Last(Room).State == ClassroomState.Offline);
        views.Last(Room).Poses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_publisher_or_question_for_a_room_that_is_not_on_the_books_changes_nothing()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        system.HasRoom("s99-999").ShouldBeFalse();
        system.Pipeline.PublisherConnected("s99-999", "camera", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
        system.Pipeline.PublisherGone("s99-999", "camera", GoneReason.Closed);
        system.VisitStarted("s99-999");
        system.VisitEnded("s99-999");
        await Should.ThrowAsync<UnknownPlaceException>(system.GetRoomAsync("s99-999", Cancelled));
        await Should.ThrowAsync<UnknownPlaceException>(system.GetHistoryAsync("s99-999", TimeSpan.FromMinutes(1), Cancelled));
        await Should.ThrowAsync<UnknownPlaceException>(system.GetSchoolRoomsAsync("s99", Cancelled));
        (await system.GetDistrictAsync(Cancelled)).Schools.Sum(school => school.Live).ShouldBe(0);
        system.DeadLetters.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_picture_that_comes_after_its_publisher_is_dropped_and_its_pixels_given_back()
    {
        await using var system = await StartAsync(new Views());
        var pixels = new CountedPixels(4 * 4 * 3);
        system.Pipeline.OnFrame(new DecodedFrame(Room, 4, 4, 4, 4, DateTimeOffset.UnixEpoch, pixels));
        pixels.Disposed.ShouldBe(1);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_what_had_started_is_stopped_again()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var estimators = new List<CountedEstimator>();
        var failure = await Should.ThrowAsync<IOException>(StartAsync(new Views(), port, () =>
        {
            estimators.Add(new CountedEstimator());
            return estimators[^1];
        }));
        failure.Message.ShouldContain($"{port}");
        estimators.ShouldAllBe(estimator => estimator.Disposed);
    }

    private async Task<MonitoringSystem> StartAsync(Views views, int port = 0, Func<IPoseEstimator>? createEstimator = null)
    {
        var models = await ImportedModels.GetAsync();
        return await MonitoringSystem.StartAsync(
            new MonitoringOptions
            {
                Database = await _database.OpenAsync(),
                CreateEstimator = createEstimator ?? (() => PoseEstimator.Load(models)),
                Media = new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = port },
                Decoding = new DecoderPoolOptions { Workers = 1 },
                Analysis = new SchedulerOptions { Workers = 1 },
            },
            [new SchoolRegistration("s01", [new RoomRegistration(Room, "s01", 40), new RoomRegistration("s01-305", "s01", 40)])],
            views, TimeProvider.System, NullLoggerFactory.Instance, Cancelled);
    }

    /// <summary>Shows the rendered class to the pipeline, one picture a second, as the decoders would.</summary>
    private static async Task FeedAsync(MonitoringSystem system, int seconds)
    {
        system.Pipeline.PublisherConnected(Room, "camera", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
        await Eventually.TrueAsync(() => system.Pipeline.IsOpen(Room));
        var options = new VideoFileReaderOptions { RoomId = Room, Origin = TimeProvider.System.GetUtcNow(), Duration = TimeSpan.FromSeconds(seconds) };
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await foreach (var frame in VideoFileReader.ReadAsync(Clips.Front, options, Cancelled))
        {
            system.Pipeline.OnFrame(frame);
            await beat.WaitForNextTickAsync(Cancelled);
        }
    }

    private static string Describe(Views views) =>
        string.Join("; ", views.Of(Room).Select(view => $"{view.State} {view.Fault} {view.People} people"));

    private sealed class CountedPixels(int length) : System.Buffers.IMemoryOwner<byte>
    {
        public int Disposed { get; private set; }

        public Memory<byte> Memory { get; } = new byte[length];

        public void Dispose() => Disposed++;
    }

    private sealed class CountedEstimator : IPoseEstimator
    {
        public bool Disposed { get; private set; }

        public IReadOnlyList<Pose> Estimate(RgbFrame frame) => [];

        public void Dispose() => Disposed = true;
    }
}
