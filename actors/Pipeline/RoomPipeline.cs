using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Areas;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Stills;
using Xunke.Analytics.Vision;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtsp;

namespace Xunke.Actors.Pipeline;

/// <summary>
/// Carries what the media edge, the decoders and the analysis say to the rooms' actors, and what the rooms want back to
/// them. Nothing here waits: every call hands on and returns.
/// </summary>
internal sealed partial class RoomPipeline(ILogger<RoomPipeline> logger, Action<string>? cameraChanged)
    : IMediaObserver, IDecodedFrameSink, ISampleSink, ICameraObserver, IRoomFeed
{
    private readonly ConcurrentDictionary<string, string> _publishers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _cameraFaults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);
    private ImmutableArray<ISampleSink> _observers = [];
    private Entities<RoomMessage>? _rooms;
    private Func<string, bool> _isOnBooks = static _ => false;
    private DecoderPool? _decoders;
    private AnalysisScheduler? _scheduler;
    private RoomAreasKeeper? _areas;

    /// <summary>Joins the parts, which need this object for their own making. Before this, rooms may ask for pictures, but none
    /// come.</summary>
    public void Connect(
        Entities<RoomMessage> rooms, Func<string, bool> isOnBooks, DecoderPool decoders, AnalysisScheduler scheduler, RoomAreasKeeper areas)
    {
        _rooms = rooms;
        _isOnBooks = isOnBooks;
        _areas = areas;
        _scheduler = scheduler;
        _decoders = decoders;
    }

    /// <summary>Every sample of every room goes here as well.</summary>
    public void Observe(ISampleSink observer) => ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);

    /// <summary>Whether a room's pictures are wanted now.</summary>
    public bool IsOpen(string roomId) => _open.ContainsKey(roomId);

    /// <inheritdoc />
    public string? Publisher(string roomId) => _publishers.GetValueOrDefault(roomId);

    /// <inheritdoc />
    public string? CameraFault(string roomId) => _cameraFaults.GetValueOrDefault(roomId);

    /// <inheritdoc />
    public bool IsBehind(string roomId) => _decoders is { } decoders && decoders.IsBehind(roomId);

    /// <inheritdoc />
    public void Open(string roomId)
    {
        _open[roomId] = true;
        _decoders?.Watch(roomId);
    }

    /// <inheritdoc />
    public void Close(string roomId)
    {
        if (_open.TryRemove(roomId, out _))
        {
            _decoders?.Unwatch(roomId);
            _scheduler?.Forget(roomId);
        }
    }

    /// <inheritdoc />
    public void PublisherConnected(string roomId, string sessionId, MediaDescription media)
    {
        if (_isOnBooks(roomId))
        {
            _publishers[roomId] = sessionId;
            Tell(roomId, new PublisherConnected(sessionId));
        }
        else
        {
            LogUnknownRoom(roomId);
        }
    }

    /// <inheritdoc />
    public void PublisherGone(string roomId, string sessionId, GoneReason reason)
    {
        _publishers.TryRemove(KeyValuePair.Create(roomId, sessionId));
        Tell(roomId, new PublisherGone(sessionId, reason));
        Tell(roomId, new SessionGone(sessionId));
    }

    /// <inheritdoc />
    public void ViewerConnected(string roomId, string sessionId)
    {
        // A visit knows its sessions since their offers were answered.
    }

    /// <inheritdoc />
    public void ViewerGone(string roomId, string sessionId, GoneReason reason) => Tell(roomId, new SessionGone(sessionId));

    /// <inheritdoc />
    public void OnFrame(DecodedFrame frame)
    {
        if (!IsOpen(frame.RoomId) || _scheduler is not { } scheduler)
        {
            frame.Dispose();
            return;
        }

        Tell(frame.RoomId, PictureTaken.Instance);
        scheduler.Submit(frame.RoomId, new RgbFrame(frame.Width, frame.Height, frame.TakePixels(), frame.CapturedAt));
    }

    /// <inheritdoc />
    public void OnDecodeFault(string roomId, string code) => Tell(roomId, new DecodeFaulted(code));

    /// <inheritdoc />
    public void CameraChanged(string roomId, CameraStatus? status)
    {
        var before = CameraFault(roomId);
        if (status?.Fault is { } fault)
        {
            _cameraFaults[roomId] = fault;
        }
        else
        {
            _cameraFaults.TryRemove(roomId, out _);
        }

        if (before != status?.Fault)
        {
            Tell(roomId, new CameraFaulted(status?.Fault));
        }

        cameraChanged?.Invoke(roomId);
    }

    /// <inheritdoc />
    public void OnSample(string roomId, BehaviourSample sample)
    {
        Tell(roomId, new SampleTaken(sample));
        Tell(roomId, new RoomSeen(sample));
        foreach (var observer in _observers)
        {
            observer.OnSample(roomId, sample);
        }
    }

    /// <inheritdoc />
    public void OnSeatMap(string roomId, SeatMap map) => _areas?.Learnt(roomId, map);

    /// <inheritdoc />
    public void OnStill(string roomId, Still still) => Tell(roomId, new StillTaken(still));

    /// <summary>Tells a room something; one that is not on the books hears nothing.</summary>
    internal void Tell(string roomId, RoomMessage message)
    {
        if (_isOnBooks(roomId))
        {
            _rooms?.Tell(roomId, message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A publisher connected to room {RoomId}, which is not on the books")]
    private partial void LogUnknownRoom(string roomId);
}
