using System.Buffers;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Decoding.Workers;
using Xunke.Streaming.Rooms;

namespace Xunke.Streaming.Decoding;

/// <summary>One watched room: builds access units from its packets, gives them to its worker and takes the pictures.</summary>
internal sealed class RoomDecoding : IRtpTap, IAccessUnitReceiver
{
    private static readonly TimeSpan OverflowLogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly uint _number;
    private readonly DecoderPool _pool;
    private readonly AccessUnitAssembler _assembler;
    private readonly PictureWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _closed;
    private bool _keyFrameNeeded;
    private long? _overflowTold;
    private long _nextSample;
    private long _units;
    private long _frames;
    private long _overflowed;
    private long _decodeErrors;

    /// <summary>Begins to decode a room; packets come once it is tapped.</summary>
    /// <param name="number">Its number in the worker protocol.</param>
    public RoomDecoding(
        string roomId, uint number, WorkerSupervisor worker, DecoderPool pool, AccessUnitPool units, TimeProvider time, ILogger logger)
    {
        RoomId = roomId;
        Worker = worker;
        _number = number;
        _pool = pool;
        _time = time;
        _logger = logger;
        _assembler = new AccessUnitAssembler(units, this, WorkerProtocol.LargestUnit);
        _watch = new PictureWatch(pool.PictureLimit, time);
    }

    public string RoomId { get; }

    public WorkerSupervisor Worker { get; }

    /// <summary>What became of the room's video.</summary>
    public RoomDecodingStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                var counters = _assembler.Counters;
                return new RoomDecodingStatistics(
                    Worker.Index, _units, _frames, counters.Damaged, counters.Malformed, counters.Oversized, counters.Skipped,
                    _overflowed, _decodeErrors);
            }
        }
    }

    /// <summary>Whether its video comes, but the computer is too busy to give its pictures in time.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _watch.IsFed && (Worker.WantsProcessor || ProcessorPressure.IsHigh);
            }
        }
    }

    /// <inheritdoc />
    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (kind != MediaKind.Video)
        {
            return;
        }

        bool needed;
        string? fault;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _assembler.Push(codec, rtp, _time.GetUtcNow());
            needed = _keyFrameNeeded;
            _keyFrameNeeded = false;
            fault = _watch.OnPacket(_assembler.Counters.Malformed);
        }

        // Both call out of this class, so neither may happen under the lock.
        if (needed)
        {
            _pool.RequestKeyFrame(RoomId);
        }

        if (fault is not null)
        {
            ReportFault(fault);
        }
    }

    /// <inheritdoc />
    void IAccessUnitReceiver.OnUnit(AccessUnit unit)
    {
        var now = _time.GetTimestamp();
        var isSample = now >= _nextSample;
        var header = new UnitHeader(_number, unit.CapturedAt.UtcTicks, unit.Codec, unit.IsKey, isSample);
        var outcome = Worker.TrySend(unit, header);
        if (outcome == SendOutcome.Sent)
        {
            _units++;
            if (isSample)
            {
                PlanNextSample(now);
            }

            return;
        }

        unit.Return();
        _overflowed++;
        _assembler.RestartAtKeyFrame();
        if (outcome == SendOutcome.Full)
        {
            _keyFrameNeeded = true;
            TellOverflow(now);
        }
    }

    /// <inheritdoc />
    void IAccessUnitReceiver.OnKeyFrameNeeded() => _keyFrameNeeded = true;

    /// <summary>The worker is new and knows nothing of this room: starts again at a key frame.</summary>
    public void OnWorkerReady()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _assembler.RestartAtKeyFrame();
            _nextSample = 0;
        }

        _pool.RequestKeyFrame(RoomId);
    }

    /// <summary>A picture has come from the worker.</summary>
    /// <param name="pixels">Its pixels.</param>
    /// <returns>The picture, or null when the room is watched no more; the pixels are then given back.</returns>
    public DecodedFrame? Receive(in FrameHeader header, IMemoryOwner<byte> pixels)
    {
        lock (_gate)
        {
            if (_closed)
            {
                pixels.Dispose();
                return null;
            }

            _frames++;
            _watch.OnPicture();
        }

        var capturedAt = new DateTimeOffset(header.CapturedAt, TimeSpan.Zero);
        return new DecodedFrame(RoomId, header.Width, header.Height, header.SourceWidth, header.SourceHeight, capturedAt, pixels);
    }

    /// <summary>The worker could not decode a unit and has reset the room's decoder.</summary>
    /// <param name="wasKey">The unit was a key frame, so nothing before it can be blamed.</param>
    public void OnDecodeError(bool wasKey)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _decodeErrors++;
            _watch.OnDecodeError();
            _nextSample = 0;
            _assembler.RestartAtKeyFrame();
        }

        _pool.RequestKeyFrame(RoomId);
        if (wasKey)
        {
            ReportFault(DecodeFaults.CannotDecode);
        }
    }

    /// <summary>Ends the decoding; later packets and pictures are ignored.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _assembler.Reset();
        }

        Worker.Forget(_number);
    }

    // A computer that is too busy drops units of every room every second: once a minute says as much.
    private void TellOverflow(long now)
    {
        if (_overflowTold is { } told && _time.GetElapsedTime(told, now) < OverflowLogInterval)
        {
            return;
        }

        _overflowTold = now;
        DecodingLog.QueueFull(_logger, Worker.Index, RoomId);
    }

    private void PlanNextSample(long now)
    {
        var interval = (long)(_pool.Interval.TotalSeconds * _time.TimestampFrequency);
        // Keeping to the grid holds the mean rate although pictures do not come on the dot.
        var onGrid = _nextSample + interval;
        _nextSample = onGrid > now ? onGrid : now + interval;
    }

    private void ReportFault(string code)
    {
        DecodingLog.RoomFault(_logger, RoomId, code);
        _pool.ReportFault(RoomId, code);
    }
}
