using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Hosting;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtsp;

namespace Xunke.Actors;

/// <summary>What a <see cref="MonitoringSystem"/> is made of.</summary>
public sealed record MonitoringOptions
{
    /// <summary>The database, which is migrated: for the actors' state.</summary>
    public required RecordsDatabase Database { get; init; }

    /// <summary>The records in it.</summary>
    public required IDbContextFactory<RecordsContext> Records { get; init; }

    /// <summary>Makes one estimator for each inference worker, such as <c>() => PoseEstimator.Load(files, options)</c>.</summary>
    public required Func<IPoseEstimator> CreateEstimator { get; init; }

    /// <summary>The media edge.</summary>
    public MediaServerOptions Media { get; init; } = new();

    /// <summary>The RTSP cameras.</summary>
    public CameraOptions Cameras { get; init; } = new();

    /// <summary>The decoders.</summary>
    public DecoderPoolOptions Decoding { get; init; } = new();

    /// <summary>The analysis.</summary>
    public SchedulerOptions Analysis { get; init; } = new();

    /// <summary>The lessons; null where none are kept.</summary>
    public LessonSetup? Lessons { get; init; }

    /// <summary>The other nodes; null where this process is the whole system. Then no port is open between nodes.</summary>
    public ClusterNode? Cluster { get; init; }

    /// <summary>How long a question to an actor may take.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long what is put on record may take: a deed waits for its turn, and a recording for its files.</summary>
    public TimeSpan RecordTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The visits; null where there are none.</summary>
    public VisitOptions? Visits { get; init; }

    /// <summary>The recordings; null where there are none.</summary>
    public RecordingOptions? Recordings { get; init; }

    /// <summary>The alerts; null where there are none.</summary>
    public AlertSetup? Alerts { get; init; }

    /// <summary>Hears of each room whose RTSP camera is another, or is otherwise; must return at once.</summary>
    public Action<string>? CameraChanged { get; init; }

    /// <summary>Hears of each room whose areas are others, learnt or drawn; must return at once.</summary>
    public Action<string>? AreasChanged { get; init; }
}
