using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Alerts;
using Xunke.Actors.Areas;
using Xunke.Actors.Classrooms;
using Xunke.Actors.District;
using Xunke.Actors.Hosting;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Pipeline;
using Xunke.Actors.Publishers;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Rtsp;

namespace Xunke.Actors;

/// <summary>
/// The live path of one node: media edge, decoders, analysis, and an actor for every room, school and the district.
/// All members may be called from any thread.
/// </summary>
public sealed class MonitoringSystem : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts;
    private readonly ActorHost _actors;
    private readonly DecoderPool _decoders;
    private readonly AnalysisScheduler _scheduler;
    private readonly ActorTree _tree;
    private readonly TimeSpan _askTimeout;
    private readonly TimeSpan _recordTimeout;

    private MonitoringSystem(
        Stack<IAsyncDisposable> parts, MediaServer media, Recorder recorder, CameraPool cameras,
        RoomPipeline pipeline, DecoderPool decoders,
        AnalysisScheduler scheduler, RoomAreasKeeper areas, ActorHost actors, ActorTree tree, MonitoringOptions options)
    {
        _parts = parts;
        Media = media;
        Recorder = recorder;
        Cameras = cameras;
        Areas = areas;
        Pipeline = pipeline;
        _decoders = decoders;
        _scheduler = scheduler;
        _actors = actors;
        _tree = tree;
        _askTimeout = options.AskTimeout;
        _recordTimeout = options.RecordTimeout;
    }

    /// <summary>The media edge, for WHIP and WHEP. Only rooms on the books may be published to: ask <see cref="HasRoom"/>.</summary>
    public MediaServer Media { get; }

    /// <summary>Records rooms to disk.</summary>
    public Recorder Recorder { get; }

    /// <summary>The RTSP cameras. Only rooms on the books may be given one.</summary>
    public CameraPool Cameras { get; }

    /// <summary>Where pupils sit and teachers move, room by room. Only rooms on the books may be asked for.</summary>
    public RoomAreasKeeper Areas { get; }

    /// <summary>What the analysis has done.</summary>
    public SchedulerStatistics Analysis => _scheduler.Statistics;

    /// <summary>The decode workers.</summary>
    public IReadOnlyList<DecodeWorkerStatus> Decoders => _decoders.Workers;

    /// <summary>What became of the video of all rooms.</summary>
    public DecodingTotals Decoding => _decoders.Totals;

    /// <summary>Messages that no actor handled.</summary>
    public DeadLetters DeadLetters => _actors.DeadLetters;

    /// <summary>What the media edge, the decoders and the analysis talk to.</summary>
    internal RoomPipeline Pipeline { get; }

    /// <summary>Starts the whole path. What was started is stopped again where a part cannot start.</summary>
    /// <param name="options">The parts.</param>
    /// <param name="schools">The books.</param>
    /// <param name="views">Where the views go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The media edge's UDP port is in use.</exception>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    public static async Task<MonitoringSystem> StartAsync(
        MonitoringOptions options, ImmutableArray<SchoolRegistration> schools, ILiveViewSink views, TimeProvider time,
        ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            var store = Add(await OrleansStateStore.OpenAsync(options.Database, cancellationToken).ConfigureAwait(false));
            var pipeline = new RoomPipeline(loggers.CreateLogger<RoomPipeline>(), options.CameraChanged);
            var logger = loggers.CreateLogger<ClassroomActor>();
            var memories = Add(new RoomMemories(store, logger));
            var actors =
                Add(new ActorHost(time, loggers, ActorTree.Mailboxes, options.Cluster is { } cluster ? (cluster, WireMessages.All) : null));
            var scheduler = Add(new AnalysisScheduler(
                options.Analysis, options.CreateEstimator, pipeline, time, loggers.CreateLogger<AnalysisScheduler>()));
            var areas = Add(new RoomAreasKeeper(
                options.Records, scheduler.Orders, time, loggers.CreateLogger<RoomAreasKeeper>(), options.AreasChanged));
            await areas.LoadAsync(cancellationToken).ConfigureAwait(false);
            var media = new MediaServer(options.Media, time, loggers);
            var decoders = new DecoderPool(options.Decoding, media, pipeline, time, loggers);
            parts.Push(decoders);
            parts.Push(media);
            var recorder = Add(new Recorder(media, time, loggers));
            var cameras = Add(new CameraPool(options.Cameras, media, pipeline, time, loggers));
            var activities = options is { Visits: { } visits, Recordings: { } recordings }
                ? new RoomActivityServices(
                    media, recorder, visits, recordings, Lessons(options.Lessons, media, scheduler.Orders), scheduler.Prioritise,
                    time, logger)
                : null;
            var services = new ClassroomServices(pipeline, views, memories, time, new ClassroomSettings(), logger);
            var alerts = options.Alerts is { } setup
                ? new AlertServices(setup, time.GetUtcNow(), time, loggers.CreateLogger<AlertsActor>())
                : null;
            var tree = ActorTree.Grow(actors, schools, services, activities, alerts);
            pipeline.Connect(tree.Rooms, room => tree.FindRoom(room) is not null, decoders, scheduler, areas);
            decoders.Start();
            media.Observe(pipeline);
            media.Start();
            return new MonitoringSystem(parts, media, recorder, cameras, pipeline, decoders, scheduler, areas, actors, tree, options);
        }
        catch
        {
            await StopAsync(parts).ConfigureAwait(false);
            throw;
        }

        LessonServices? Lessons(LessonSetup? lessons, MediaServer server, RoomOrders orders)
        {
            lessons?.Spools.Load();
            return lessons is null ? null : new LessonServices(lessons, server, orders, LessonServices.SomeTurns(), time, loggers);
        }

        T Add<T>(T part)
            where T : IAsyncDisposable
        {
            parts.Push(part);
            return part;
        }
    }

    /// <summary>Whether a room is on the books.</summary>
    public bool HasRoom(string roomId) => _tree.FindRoom(roomId) is not null;

    /// <summary>The newest view of a room.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public async Task<RoomView> GetRoomAsync(string roomId, CancellationToken cancellationToken = default)
    {
        var school = _tree.FindRoom(roomId)?.SchoolId ?? throw new UnknownPlaceException(roomId);
        var found = await _tree.Schools.AskAsync(school, new GetRoom(roomId), _askTimeout, cancellationToken).ConfigureAwait(false);
        return found.View ?? throw new UnknownPlaceException(roomId);
    }

    /// <summary>The newest view of every room of a school, in the order of the books.</summary>
    /// <exception cref="UnknownPlaceException">No such school.</exception>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public Task<ImmutableArray<RoomView>> GetSchoolRoomsAsync(string schoolId, CancellationToken cancellationToken = default) =>
        _tree.HasSchool(schoolId)
            ? _tree.Schools.AskAsync(schoolId, new GetRooms(), _askTimeout, cancellationToken)
            : Task.FromException<ImmutableArray<RoomView>>(new UnknownPlaceException(schoolId));

    /// <summary>The newest view of the district.</summary>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public Task<DistrictView> GetDistrictAsync(CancellationToken cancellationToken = default) =>
        _tree.District.AskAsync(DistrictMessage.OnlyId, new GetDistrict(), _askTimeout, cancellationToken);

    /// <summary>A room's last minutes.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="length">How far back; 10 minutes are kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The room's actor is overloaded, or has failed and waits to be restarted.</exception>
    public Task<RoomHistory> GetHistoryAsync(string roomId, TimeSpan length, CancellationToken cancellationToken = default) =>
        AskRoomAsync(roomId, new GetHistory(length), _askTimeout, cancellationToken);

    /// <summary>The next picture of a live room, with everybody hidden. Never comes where the room has no pictures.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    public Task<RoomPicture> NextPictureAsync(string roomId, CancellationToken cancellationToken) => HasRoom(roomId)
        ? _scheduler.Orders.NextPictureAsync(roomId, cancellationToken)
        : Task.FromException<RoomPicture>(new UnknownPlaceException(roomId));

    /// <summary>The books have changed: new rooms begin, what is shown of the others is what the books say now.</summary>
    /// <exception cref="ArgumentException">A school or room is on the books twice.</exception>
    public void Register(ImmutableArray<SchoolRegistration> schools) => _tree.Register(schools);

    /// <summary>Every sample of every room goes to this sink as well, from now on; it must return at once and throw nothing.</summary>
    public void Observe(ISampleSink observer) => Pipeline.Observe(observer);

    /// <summary>Begins a visit to a room. It is in <see cref="VisitOptions.Open"/> from then on, until it has ended.</summary>
    /// <param name="visit">The visit, as it is put on record.</param>
    /// <param name="loginId">The session that the visitor is signed in with.</param>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The actors, or the database, are overloaded.</exception>
    public Task<VisitBegun> VisitAsync(Visit visit, string loginId) =>
        AskRoomAsync(visit.RoomId, new VisitRequested(visit, loginId), _recordTimeout);

    /// <summary>Ends a visit. Harmless when it has ended already.</summary>
    /// <exception cref="AskTimeoutException">The database is overloaded.</exception>
    public async Task EndVisitAsync(OpenVisit visit, EndVisit end) => await AskAsync(visit, end, _recordTimeout).ConfigureAwait(false);

    /// <summary>Asks a visit for something.</summary>
    /// <returns>The answer; null when the visit has ended.</returns>
    /// <exception cref="AskTimeoutException">The actors, or the database, are overloaded.</exception>
    public Task<TReply?> AskAsync<TReply>(OpenVisit visit, IQuestion<VisitMessage, TReply> question)
        where TReply : class => AskAsync(visit, question, _recordTimeout);

    /// <summary>Begins, ends or checks a room's recording.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The database, or the disk, is overloaded.</exception>
    public Task<TReply> AskRecordingAsync<TReply>(string roomId, IQuestion<RecordingMessage, TReply> question)
        where TReply : notnull => AskRoomAsync(roomId, question, _recordTimeout);

    /// <summary>How much is spoken in the room's lesson so far.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public async Task<ImmutableArray<HeardWindow>> GetHeardAsync(string roomId, CancellationToken cancellationToken = default) =>
        (await AskRoomAsync(roomId, new GetHeard(), _askTimeout, cancellationToken).ConfigureAwait(false)).Windows;

    /// <summary>A room's lesson as it is now, or after it was begun or ended by hand.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public Task<LessonNow> AskLessonAsync(
        string roomId, IQuestion<LessonMessage, LessonNow> question, CancellationToken cancellationToken = default) =>
        AskRoomAsync(roomId, question, _askTimeout, cancellationToken);

    /// <summary>The server stops: puts the lessons of all rooms on record, so that the next start can go on with them.</summary>
    /// <exception cref="AskTimeoutException">The database is overloaded.</exception>
    public Task SuspendLessonsAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _tree.RoomIds.Select(room => AskRoomAsync(room, new SuspendLessons(), _recordTimeout, cancellationToken)));

    /// <summary>Asks for something of a room's publishers that come by WHIP.</summary>
    /// <exception cref="UnknownPlaceException">No such room.</exception>
    /// <exception cref="AskTimeoutException">The actors are overloaded.</exception>
    public Task<TReply> AskPublishersAsync<TReply>(string roomId, IQuestion<PublisherMessage, TReply> question)
        where TReply : notnull => AskRoomAsync(roomId, question, _askTimeout);

    /// <summary>Tells a room's publishers something. Unknown rooms are ignored.</summary>
    public void TellPublishers(string roomId, PublisherMessage message)
    {
        if (HasRoom(roomId))
        {
            _tree.Rooms.Tell(roomId, message);
        }
    }

    /// <summary>Stops from the front to the back: packets, pictures, samples; then the actors, which save; then the database, once all is
    /// saved.</summary>
    /// <exception cref="AggregateException">Some part failed to stop; the others have stopped.</exception>
    public async ValueTask DisposeAsync() => await StopAsync(_parts).ConfigureAwait(false);

    private Task<TReply> AskRoomAsync<TPart, TReply>(
        string roomId, IQuestion<TPart, TReply> question, TimeSpan timeout, CancellationToken cancellationToken = default)
        where TPart : RoomMessage => HasRoom(roomId)
        ? _tree.Rooms.AskAsync(roomId, question, timeout, cancellationToken)
        : Task.FromException<TReply>(new UnknownPlaceException(roomId));

    private static async Task<TReply?> AskAsync<TReply>(OpenVisit visit, IQuestion<VisitMessage, TReply> question, TimeSpan timeout)
        where TReply : class
    {
        try
        {
            return await visit.Owner.AskAsync(question, timeout).ConfigureAwait(false);
        }
        catch (ActorUnavailableException) when (visit.HasEnded)
        {
            return null;
        }
    }

    private static async Task StopAsync(Stack<IAsyncDisposable> parts)
    {
        List<Exception> faults = [];
        while (parts.TryPop(out var part))
        {
            try
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // Above all the actors must still be stopped: they save.
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }
    }
}
