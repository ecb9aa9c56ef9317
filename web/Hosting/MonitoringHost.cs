using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors;
using Xunke.Actors.Alerts;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Models;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Live;
using Xunke.Web.Media;
using Xunke.Web.Schools;

namespace Xunke.Web.Hosting;

/// <summary>Starts and stops what watches the classrooms, and hands it to the features.</summary>
internal sealed class MonitoringHost(
    IOptions<MediaSettings> media,
    IOptions<CameraSettings> cameras,
    IOptions<DecodingSettings> decoding,
    IOptions<AnalysisSettings> analysis,
    DataDirectory data,
    RecordsDatabase database,
    IDbContextFactory<RecordsContext> records,
    SchoolBook book,
    LiveBoard board,
    OpenVisits visits,
    IVisitRecords visitRecords,
    IVisitRules visitRules,
    ActiveRecordings recordings,
    IRecordingRecords recordingRecords,
    IOptions<LessonSettings> lessons,
    LessonSpools lessonSpools,
    ILessonRecords lessonRecords,
    ITimetable timetable,
    IOptions<AlertSettings> alerts,
    IAlertRecords alertRecords,
    IAlertPolicy alertPolicy,
    IOptions<LiveSettings> live,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService, IBookReader
{
    private MonitoringSystem? _running;

    /// <summary>Whether it has started and not stopped.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>The running system.</summary>
    /// <exception cref="InvalidOperationException">It has not started, or has stopped.</exception>
    public MonitoringSystem Running => _running ?? throw new InvalidOperationException("the monitoring system is not running");

    /// <summary>Whether a room's camera sends.</summary>
    public bool IsLive(string roomId) =>
        board.FindRoom(roomId)?.Newest?.View.State is { } state && state != ClassroomState.Offline;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _running = await MonitoringSystem.StartAsync(
                await MakeOptionsAsync(cancellationToken), Registrations(book.Schools), board, time, loggers, cancellationToken);
        }
        catch (ModelImportException fault)
        {
            throw new StartupException($"模型无法转换 the models cannot be imported: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is StateStoreException or DbException)
        {
            throw new StartupException($"数据库无法写入 the database cannot be read or written: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new StartupException($"无法启动 cannot start (--Media:UdpPort N, --Media:TcpPort N): {fault.Message}", fault);
        }

        await ShowAsync(_running, cancellationToken);
    }

    /// <inheritdoc />
    public async Task ReadBooksAsync(CancellationToken cancellationToken)
    {
        board.LayOut(book.Schools);
        if (_running is { } running)
        {
            running.Register(Registrations(book.Schools));
            await ShowAsync(running, cancellationToken);
        }

        board.Changes.Raise(Topic.Books);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            await running.DisposeAsync();
        }
    }

    private async Task ShowAsync(MonitoringSystem running, CancellationToken cancellationToken)
    {
        foreach (SchoolEntry school in book.Schools)
        {
            foreach (RoomView view in await running.GetSchoolRoomsAsync(school.SchoolId, cancellationToken))
            {
                board.Publish(view);
            }
        }

        board.Publish(await running.GetDistrictAsync(cancellationToken));
    }

    private async Task<MonitoringOptions> MakeOptionsAsync(CancellationToken cancellationToken)
    {
        ModelFiles models = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory,
            analysis.Value.ModelDirectory ?? data.Combine("models"),
            loggers.CreateLogger(typeof(ModelStore)),
            cancellation: cancellationToken);
        var decoders = new DecoderPoolOptions();

        // A room has one publisher, and for a moment the next.
        int publishers = 2 * book.Schools.Sum(school => school.Rooms.Length);
        return new MonitoringOptions
        {
            Database = database,
            Records = records,
            CreateEstimator = () => PoseEstimator.Load(models),
            Visits = new VisitOptions(
                visits, visitRecords, visitRules, live.Value.VisitsPerAccount, TimeSpan.FromSeconds(live.Value.VisitGraceSeconds)),
            Recordings = new RecordingOptions(recordings, recordingRecords),
            CameraChanged = roomId => board.Changes.Raise(Topic.Cameras, book.FindRoom(roomId)?.SchoolId ?? string.Empty),
            AreasChanged = roomId => board.Changes.Raise(Topic.Areas, roomId),
            Lessons = new LessonSetup(
                RulesOf(lessons.Value, time.LocalTimeZone), lessonSpools, lessonRecords, timetable,
                Changed: roomId => board.Changes.Raise(Topic.Lesson, roomId)),
            Alerts = alerts.Value.Enabled
                ? new AlertSetup(alertRecords, alertPolicy, timetable, TimeSpan.FromSeconds(alerts.Value.RestartGraceSeconds))
                : null,
            Media = new MediaServerOptions
            {
                UdpPort = media.Value.UdpPort,
                TcpPort = media.Value.TcpPort,
                AnnounceAddresses = await AnnouncedAddresses.ResolveAsync(media.Value.AnnounceAddress, cancellationToken),
                MaxSessions = media.Value.MaxSessions + publishers,
                KeptForPublishers = publishers,
                MaxViewersPerRoom = media.Value.MaxViewersPerRoom,
            },
            Cameras = new CameraOptions
            {
                LongestRetry = TimeSpan.FromSeconds(cameras.Value.LongestRetrySeconds),
                SettledRetry = TimeSpan.FromSeconds(cameras.Value.SettledRetrySeconds),
            },
            Decoding = decoding.Value.Workers > 0 ? decoders with { Workers = decoding.Value.Workers } : decoders,
            Analysis = new SchedulerOptions
            {
                Workers = analysis.Value.Workers > 0 ? analysis.Value.Workers : Math.Max(1, Environment.ProcessorCount - 1),
            },
        };
    }

    private static LessonRules RulesOf(LessonSettings settings, TimeZoneInfo zone)
    {
        try
        {
            return new LessonRules(
                new PeriodTable(settings.Periods, zone), TimeSpan.FromMinutes(settings.ShortestMinutes),
                TimeSpan.FromMinutes(settings.AwayMinutes), TimeSpan.FromMinutes(settings.LongestMinutes), settings.Listen,
                settings.When == LessonSettings.ByTimetable, TimeSpan.FromSeconds(settings.StillEverySeconds));
        }
        catch (FormatException fault)
        {
            throw new StartupException(fault.Message, fault);
        }
    }

    private static ImmutableArray<SchoolRegistration> Registrations(IEnumerable<SchoolEntry> schools) =>
    [
        .. schools.Select(school => new SchoolRegistration(
            school.SchoolId,
            [.. school.Rooms.Select(room => new RoomRegistration(room.RoomId, room.SchoolId, room.Enrolled))])),
    ];
}

/// <summary>Puts the live path in.</summary>
internal static class MonitoringFeature
{
    public static void AddMonitoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MonitoringHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MonitoringHost>());
        builder.Services.AddSingleton<IBookReader>(services => services.GetRequiredService<MonitoringHost>());
    }
}
