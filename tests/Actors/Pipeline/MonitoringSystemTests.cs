using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors;
using Xunke.Actors.Live;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Pipeline;

/// <summary>The whole path with its real parts; the camera plays a file.</summary>
public sealed class MonitoringSystemTests : IAsyncLifetime
{
    private const string Room = WhipTestServer.Room;

    private TestRecords _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestRecords.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_cameras_video_becomes_the_live_view_of_its_room_its_school_and_the_district()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        await using (await PlayingCamera.StartAsync(system.Media))
        {
            await SeeAsync(views, view => view.People >= 10);
            var view = await system.GetRoomAsync(Room, Cancelled);
            view.State.ShouldBe(ClassroomState.Live);
            view.Poses.Count(pose => pose.Seat >= 0).ShouldBe(view.People);
            view.Poses.ShouldAllBe(pose => pose.Joints.Length == 26 && pose.Joints.All(joint => joint >= -1 && joint <= 1000));
            (view.HandsRaised + view.Standing + view.HeadsUp + view.HeadsDown + view.Unknown).ShouldBe(view.People);
            view.IntervalMilliseconds.ShouldBeGreaterThanOrEqualTo(1000);
            (await system.GetHistoryAsync(Room, TimeSpan.FromMinutes(10), Cancelled)).Points.ShouldNotBeEmpty();
            await Eventually.TrueAsync(() => views.Districts.Any(district => district.Schools[0] is { Live: 1, People: >= 10 }));
            (await system.GetSchoolRoomsAsync("s01", Cancelled)).Select(room => room.RoomId).ShouldBe([Room, "s01-r02"]);
        }

        await SeeAsync(views, view => view.State == ClassroomState.Offline);
        views.Last(Room).Poses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_camera_that_comes_back_makes_the_room_live_without_anybodys_help()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        for (var time = 0; time < 2; time++)
        {
            await using (await PlayingCamera.StartAsync(system.Media))
            {
                await SeeAsync(views, view => view.State == ClassroomState.Live);
            }

            await SeeAsync(views, view => view.State == ClassroomState.Offline);
        }
    }

    [Fact]
    public async Task Areas_that_are_drawn_and_taken_away_count_while_the_room_is_live()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        await using var camera = await PlayingCamera.StartAsync(system.Media);
        await SeeAsync(views, view => view.People >= 10);

        var corner = new RoomAreas(Area.From([new(0.85, 0), new(1, 0), new(1, 1), new(0.85, 1)]).Area!, null);
        await system.Areas.DrawAsync(Room, corner, 0, "administrator", Cancelled);
        var drawn = views.Last(Room).Sequence;
        await SeeAsync(views, view => view.Sequence > drawn && view is { State: ClassroomState.Live, Poses.Length: > 10, People: <= 4 });

        await system.Areas.DrawAsync(Room, null, 1, "administrator", Cancelled);
        var removed = views.Last(Room).Sequence;
        await SeeAsync(views, view => view.Sequence > removed && view.People >= 10);
    }

    [Fact]
    public async Task A_killed_decode_worker_leaves_the_room_with_its_publisher_and_people_come_back()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        await using var camera = await PlayingCamera.StartAsync(system.Media);
        await SeeAsync(views, view => view.People >= 10);

        var process = system.Decoders.Single().ProcessId!.Value;
        var killed = views.Last(Room).Sequence;
        System.Diagnostics.Process.GetProcessById(process).Kill();

        await Eventually.TrueAsync(() => system.Decoders.Single().ProcessId is { } next && next != process);
        await Eventually.TrueAsync(() => system.Decoders.Single().Restarts == 1);
        await SeeAsync(views, view => view.Sequence > killed + 3 && view.People >= 10);
        views.Of(Room).Where(view => view.Sequence > killed).ShouldNotContain(view => view.State == ClassroomState.Offline);
    }

    [Fact]
    public async Task A_publisher_or_question_for_a_room_that_is_not_on_the_books_changes_nothing()
    {
        var views = new Views();
        await using var system = await StartAsync(views);
        system.HasRoom("s99-999").ShouldBeFalse();
        system.Pipeline.PublisherConnected("s99-999", "camera", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
        system.Pipeline.PublisherGone("s99-999", "camera", GoneReason.Closed);
        system.Pipeline.ViewerGone("s99-999", "viewer", GoneReason.Closed);
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
                Database = _database.Database,
                Records = _database,
                CreateEstimator = createEstimator ?? (() => PoseEstimator.Load(models)),
                Media = new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = port },
                Decoding = new DecoderPoolOptions { Workers = 1 },
                Analysis = new SchedulerOptions { Workers = 1 },
            },
            [new SchoolRegistration("s01", [new RoomRegistration(Room, "s01", 40), new RoomRegistration("s01-r02", "s01", 40)])],
            views, TimeProvider.System, NullLoggerFactory.Instance, Cancelled);
    }

    private static Task SeeAsync(Views views, Func<RoomView, bool> condition) => Eventually.TrueAsync(
        () => views.Of(Room) is [.., var newest] && condition(newest),
        () => string.Join("; ", views.Of(Room).Select(view => $"{view.State} {view.Fault} {view.People} people")),
        TimeSpan.FromSeconds(60));

    private sealed class CountedPixels(int length) : System.Buffers.IMemoryOwner<byte>
    {
        public int Disposed { get; private set; }

        public Memory<byte> Memory { get; } = new byte[length];

        public void Dispose() => Disposed++;
    }

    private sealed class CountedEstimator : IPoseEstimator
    {
        public bool Disposed { get; private set; }

        public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine) => [];

        public void Dispose() => Disposed = true;
    }
}
