using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Decoding.Workers;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;

namespace Xunke.Streaming.Decoding;

/// <summary>
/// Decodes the video of watched rooms in worker processes and gives one picture per room and interval to a sink. A
/// worker that dies is started again at once, and its rooms go on at their next key frame, which is asked for.
/// All members may be called from any thread.
/// </summary>
public sealed class DecoderPool : IAsyncDisposable, IWorkerReceiver
{
    private readonly Func<string, IRtpTap, IDisposable> _tap;
    private readonly Action<string> _requestKeyFrame;
    private readonly IDecodedFrameSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerSupervisor[] _workers;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _watched = [];
    private readonly ConcurrentDictionary<uint, RoomDecoding> _rooms = new();
    private long _intervalTicks;
    private DecodingTotals _past = DecodingTotals.None;
    private uint _lastNumber;
    private bool _disposed;

    /// <summary>Creates a pool; its workers start with <see cref="Start"/>.</summary>
    /// <param name="media">Where the rooms' packets come from.</param>
    public DecoderPool(
        DecoderPoolOptions options, MediaServer media, IDecodedFrameSink sink, TimeProvider time, ILoggerFactory loggers)
        : this(options, media.Tap, media.RequestKeyFrame, sink, time, loggers)
    {
    }

    /// <summary>Creates a pool that taps something else than a media server.</summary>
    internal DecoderPool(
        DecoderPoolOptions options, Func<string, IRtpTap, IDisposable> tap, Action<string> requestKeyFrame,
        IDecodedFrameSink sink, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        _tap = tap;
        _requestKeyFrame = requestKeyFrame;
        _sink = sink;
        _time = time;
        _logger = loggers.CreateLogger<DecoderPool>();
        PictureLimit = options.PictureLimit;
        Interval = options.Interval;
        _workers = [.. Enumerable.Range(0, options.Workers).Select(
            index => new WorkerSupervisor(index, options, this, Frames, time, _logger))];
    }

    /// <summary>Time between two pictures of a room, above zero; a change holds from each room's next picture on.</summary>
    public TimeSpan Interval
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _intervalTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            Interlocked.Exchange(ref _intervalTicks, value.Ticks);
        }
    }

    public IReadOnlyList<DecodeWorkerStatus> Workers
    {
        get
        {
            lock (_gate)
            {
                return [.. _workers.Select(worker => new DecodeWorkerStatus(
                    worker.Index, worker.ProcessId, RoomsOf(worker), worker.Restarts))];
            }
        }
    }

    /// <summary>A room's video must give a picture within this time.</summary>
    internal TimeSpan PictureLimit { get; }

    /// <summary>Lends the pixel buffers.</summary>
    internal FramePool Frames { get; } = new();

    internal AccessUnitPool Units { get; } = new();

    /// <summary>Starts the workers. They become ready a little later; rooms may be watched before.</summary>
    public void Start()
    {
        foreach (var worker in _workers)
        {
            worker.Start();
        }
    }

    /// <summary>Begins to decode a room, published or not; a room already watched stays so.</summary>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public void Watch(string roomId)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_watched.ContainsKey(roomId))
            {
                return;
            }

            var worker = _workers.MinBy(RoomsOf)!;
            var number = ++_lastNumber;
            var room = new RoomDecoding(roomId, number, worker, this, Units, _time, _logger);
            _rooms[number] = room;
            _watched[roomId] = new Watched(number, room, _tap(roomId, room));
        }

        RequestKeyFrame(roomId);
    }

    /// <summary>Stops decoding a room; a picture already on its way may still come.</summary>
    /// <param name="roomId">The room; one that is not watched is ignored.</param>
    public void Unwatch(string roomId)
    {
        Watched? watched;
        lock (_gate)
        {
            if (_watched.Remove(roomId, out watched))
            {
                _past = _past.With(watched.Room.Statistics);
            }
        }

        if (watched is not null)
        {
            Release(watched);
        }
    }

    /// <summary>What became of a room's video, or null when it is not watched.</summary>
    public RoomDecodingStatistics? Statistics(string roomId)
    {
        lock (_gate)
        {
            return _watched.GetValueOrDefault(roomId)?.Room.Statistics;
        }
    }

    /// <summary>Whether a room's video comes, but the computer is too busy to give its pictures in time.</summary>
    /// <param name="roomId">The room; false for one that is not watched.</param>
    public bool IsBehind(string roomId)
    {
        Watched? watched;
        lock (_gate)
        {
            watched = _watched.GetValueOrDefault(roomId);
        }

        return watched is { Room.IsBehind: true };
    }

    /// <summary>What became of the video of all rooms, those included that are no longer watched.</summary>
    public DecodingTotals Totals
    {
        get
        {
            lock (_gate)
            {
                return _watched.Values.Aggregate(_past, (totals, watched) => totals.With(watched.Room.Statistics));
            }
        }
    }

    /// <summary>Stops watching all rooms and ends the workers.</summary>
    public async ValueTask DisposeAsync()
    {
        Watched[] watched;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            watched = [.. _watched.Values];
            _watched.Clear();
        }

        Array.ForEach(watched, Release);
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync())).ConfigureAwait(false);
    }

    /// <inheritdoc />
    void IWorkerReceiver.OnReady(int worker)
    {
        foreach (var room in _rooms.Values.Where(room => room.Worker.Index == worker))
        {
            room.OnWorkerReady();
        }
    }

    /// <inheritdoc />
    void IWorkerReceiver.OnFrame(in FrameHeader header, IMemoryOwner<byte> pixels)
    {
        if (!_rooms.TryGetValue(header.Room, out var room))
        {
            pixels.Dispose();
        }
        else if (room.Receive(header, pixels) is { } frame)
        {
            _sink.OnFrame(frame);
        }
    }

    /// <inheritdoc />
    void IWorkerReceiver.OnDecodeError(uint room, bool wasKey)
    {
        if (_rooms.TryGetValue(room, out var decoding))
        {
            decoding.OnDecodeError(wasKey);
        }
    }

    /// <summary>Asks a room's publisher for a key frame; the media server limits the rate.</summary>
    internal void RequestKeyFrame(string roomId) => _requestKeyFrame(roomId);

    /// <summary>Tells the sink of a fault.</summary>
    internal void ReportFault(string roomId, string code) => _sink.OnDecodeFault(roomId, code);

    private int RoomsOf(WorkerSupervisor worker) => _watched.Values.Count(watched => watched.Room.Worker == worker);

    private void Release(Watched watched)
    {
        watched.Tap.Dispose();
        _rooms.TryRemove(watched.Number, out _);
        watched.Room.Close();
    }

    private sealed record Watched(uint Number, RoomDecoding Room, IDisposable Tap);
}
