using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Recording;

/// <summary>
/// Records rooms to disk as they are published, without re-encoding: H.264 or VP8 with Opus, in Matroska. All members may
/// be called from any thread.
/// </summary>
public sealed partial class Recorder : IMediaObserver, IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Publisher> _publishers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RoomRecording, bool> _recordings = new();
    private readonly AccessUnitPool _units = new();
    private readonly IDisposable _observation;
    private readonly ITimer _timer;
    private int _ticking;

    /// <summary>Creates a recorder, which must hear of publishers from the first on.</summary>
    /// <param name="media">Where the rooms' packets come from; not yet started.</param>
    public Recorder(MediaServer media, TimeProvider time, ILoggerFactory loggers)
        : this(media, media.Observe, time, loggers)
    {
    }

    /// <summary>Creates a recorder of something else than a media server.</summary>
    internal Recorder(IRoomMedia media, Func<IMediaObserver, IDisposable> observe, TimeProvider time, ILoggerFactory loggers)
    {
        Media = media;
        Time = time;
        Clock = new MediaClock(time);
        Logger = loggers.CreateLogger<Recorder>();
        Writer = new RecordingWriter(time, Logger);
        _observation = observe(this);
        _timer = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
    }

    internal IRoomMedia Media { get; }

    internal TimeProvider Time { get; }

    internal MediaClock Clock { get; }

    internal ILogger Logger { get; }

    internal RecordingWriter Writer { get; }

    /// <summary>Begins to record a room, published or not.</summary>
    /// <param name="folder">A folder for the files of this recording alone, empty where it begins.</param>
    /// <param name="earlier">What it goes on from, and the folder holds; null where it begins.</param>
    public RoomRecording Start(string roomId, string folder, MediaKinds kinds, EarlierParts? earlier = null)
    {
        var recording = new RoomRecording(this, roomId, folder, kinds, earlier, _units);
        _recordings[recording] = true;
        recording.Begin(_publishers.GetValueOrDefault(roomId)?.Media);
        return recording;
    }

    /// <inheritdoc />
    public void PublisherConnected(string roomId, string sessionId, MediaDescription media)
    {
        _publishers[roomId] = new Publisher(sessionId, media);
        foreach (var recording in Of(roomId))
        {
            recording.OnPublisher(media);
        }
    }

    /// <inheritdoc />
    public void PublisherGone(string roomId, string sessionId, GoneReason reason)
    {
        // An older session may end after a newer one has connected, or without ever having been the publisher.
        if (_publishers.TryGetValue(roomId, out var publisher) && publisher.SessionId == sessionId
            && _publishers.TryRemove(KeyValuePair.Create(roomId, publisher)))
        {
            foreach (var recording in Of(roomId))
            {
                recording.OnPublisherGone();
            }
        }
    }

    /// <inheritdoc />
    public void ViewerConnected(string roomId, string sessionId)
    {
        // Viewers change nothing in what a room sends.
    }

    /// <inheritdoc />
    public void ViewerGone(string roomId, string sessionId, GoneReason reason)
    {
        // As above.
    }

    /// <summary>Ends all recordings and completes their files.</summary>
    public async ValueTask DisposeAsync()
    {
        _observation.Dispose();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_recordings.Keys.Select(recording => recording.StopAsync())).ConfigureAwait(false);
        Writer.Dispose();
    }

    internal void Remove(RoomRecording recording) => _recordings.TryRemove(recording, out _);

    private IEnumerable<RoomRecording> Of(string roomId) => _recordings.Keys.Where(recording => recording.RoomId == roomId);

    private void Tick()
    {
        // Timers may fire while the last tick still runs.
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
        {
            return;
        }

        try
        {
            foreach (var recording in _recordings.Keys)
            {
                recording.Tick();
            }
        }
        catch (Exception exception)
        {
            // Thrown out of a timer it would end the process.
            LogTickFailed(Logger, exception);
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The recorder's timer failed")]
    private static partial void LogTickFailed(ILogger logger, Exception exception);

    private sealed record Publisher(string SessionId, MediaDescription Media);
}
