using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Decoding.AccessUnits;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Recording;

/// <summary>
/// The recording of one room: takes its packets on the media thread and gathers them into parts. A new part begins at the
/// first key frame after another publisher came, the codec or the picture's size changed, or the disk lost a fragment.
/// </summary>
public sealed partial class RoomRecording : IRtpTap, IAccessUnitReceiver
{
    private const int LargestPicture = 8 * 1024 * 1024;
    private const int VideoClock = 90_000;
    private const int SoundClock = 48_000;
    private const int RtpHeaderLength = 12;

    // Seeking decodes from the last key frame on, so there should be one now and then though nobody else needs it.
    private const long KeyFrameInterval = 10_000_000;
    private const long SilenceLimit = 10_000_000;
    private const long IdleLimit = 5_000_000;

    // Sound that is off by less is left alone: every correction costs a packet, or adds one.
    private const long SyncTolerance = 30_000;

    private readonly Lock _gate = new();
    private readonly Recorder _recorder;
    private readonly MediaKinds _kinds;
    private readonly RecordingProgress _progress;
    private readonly AccessUnitAssembler _assembler;
    private readonly RtpTimeline _videoTime = new(VideoClock);
    private readonly RtpTimeline _soundTime = new(SoundClock);
    private readonly SoundSync _sync = new();
    private readonly long _began;
    private readonly DateTimeOffset _beganAt;
    private IDisposable? _tap;
    private MediaDescription? _media;
    private PartBuilder? _part;
    private Task _lastPartDone = Task.CompletedTask;
    private long _now;
    private long _lastPacket;
    private long _lastKeyFrame;
    private long _lastSound;
    private long _soundOffset;
    private int _parts;
    private bool _splitWanted;
    private bool _keyFrameWanted;
    private bool _closed;
    private int _waiting;

    internal RoomRecording(Recorder recorder, string roomId, string folder, MediaKinds kinds, AccessUnitPool units)
    {
        _recorder = recorder;
        RoomId = roomId;
        Folder = folder;
        _kinds = kinds;
        _progress = new RecordingProgress();
        _assembler = new AccessUnitAssembler(units, this, LargestPicture);
        _began = recorder.Clock.Now;
        _beganAt = recorder.Time.GetUtcNow();
        _lastKeyFrame = _began;
    }

    /// <summary>The room.</summary>
    public string RoomId { get; }

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>How it is now.</summary>
    public RecordingStatus Status
    {
        get
        {
            lock (_gate)
            {
                var end = _part is { } part ? part.Offset + TimeSpan.FromMilliseconds(part.End) : TimeSpan.Zero;
                return _progress.Status(end, isReceiving: _part is not null);
            }
        }
    }

    /// <summary>Ends the recording and completes its files. A second call waits for the first.</summary>
    public async Task<RecordingStatus> StopAsync()
    {
        _recorder.Remove(this);
        _tap?.Dispose();
        Task done;
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                EndPart();
                _assembler.Reset();
            }

            done = _lastPartDone;
        }

        await done.ConfigureAwait(false);
        var status = Status;
        if (status.Parts.IsEmpty)
        {
            _progress.Add(RecordingFaults.NoPicture);
        }

        return Status;
    }

    /// <inheritdoc />
    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (!_kinds.HasFlag(kind == MediaKind.Video ? MediaKinds.Video : MediaKinds.Audio))
        {
            return;
        }

        bool wanted;
        lock (_gate)
        {
            if (_closed || rtp.Length <= RtpHeaderLength)
            {
                return;
            }

            _lastPacket = _now = _recorder.Clock.Now;
            var timestamp = BinaryPrimitives.ReadUInt32BigEndian(rtp[4..]);
            if (kind == MediaKind.Video)
            {
                _sync.OnVideo(_videoTime.Microseconds(timestamp), _now);
                _assembler.Push(codec, rtp, _beganAt);
            }
            else
            {
                TakeSound(_soundTime.Microseconds(timestamp), rtp);
            }

            wanted = TakeKeyFrameWish();
        }

        // This calls out of the class, so it may not happen under the lock.
        if (wanted)
        {
            _recorder.Media.RequestKeyFrame(RoomId);
        }
    }

    /// <inheritdoc />
    void IAccessUnitReceiver.OnUnit(AccessUnit unit)
    {
        var time = _videoTime.Microseconds(unit.Timestamp);
        if (unit.IsKey)
        {
            _lastKeyFrame = _now;
            if (_part is null || _splitWanted || !_part.Tracks.ContinuesWith(unit))
            {
                EndPart();
                _part = RecordedTracks.Of(unit, HasSound) is { } tracks ? Begin(tracks, time) : null;
            }
        }

        if (_part?.AddPicture(time, unit, _now) == false)
        {
            LoseFragment();
        }

        unit.Return();
    }

    /// <inheritdoc />
    void IAccessUnitReceiver.OnKeyFrameNeeded() => _keyFrameWanted = true;

    /// <summary>Fragments that wait for the disk.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Begins to take packets.</summary>
    internal void Begin(MediaDescription? media)
    {
        if (media is not null)
        {
            OnPublisher(media);
        }

        _tap = _recorder.Media.Tap(RoomId, this);
    }

    /// <summary>Another publisher, or the first one, is there.</summary>
    internal void OnPublisher(MediaDescription media)
    {
        lock (_gate)
        {
            _splitWanted |= _media is not null && _media != media;
            _media = media;
            _lastSound = _recorder.Clock.Now;
            if (_kinds.HasFlag(MediaKinds.Audio) && media.AudioCodec != AudioCodec.Opus)
            {
                _progress.Add(media.RefusedAudio.Length == 0
                    ? RecordingFaults.NoSound
                    : RecordingFaults.With(RecordingFaults.UnplayableSound, media.RefusedAudio));
            }
        }
    }

    /// <summary>The publisher is gone. What the next one sends begins a part of its own.</summary>
    internal void OnPublisherGone()
    {
        lock (_gate)
        {
            _splitWanted = true;
            _sync.Reset();
        }

        _recorder.Media.RequestKeyFrame(RoomId);
    }

    /// <summary>Does what is due though no packet comes.</summary>
    internal void Tick()
    {
        // Asked for outside the lock: the media server calls in here with its own lock held.
        var reported = _recorder.Media.TryGetTimestamps(RoomId, out var video, out var sound);
        bool wanted;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _now = _recorder.Clock.Now;
            if (reported)
            {
                _sync.OnReport(_videoTime.Microseconds(video), _soundTime.Microseconds(sound));
            }

            WatchPart();
            _keyFrameWanted |= !IsSoundAlone && _now - _lastKeyFrame >= KeyFrameInterval;
            wanted = TakeKeyFrameWish();
        }

        if (wanted)
        {
            _recorder.Media.RequestKeyFrame(RoomId);
        }
    }

    /// <summary>Counts a fragment that is to wait for the disk.</summary>
    /// <returns>False when as many wait already.</returns>
    internal bool TryQueue(int most)
    {
        if (Interlocked.Increment(ref _waiting) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>A fragment has left the queue.</summary>
    internal void OnWritten() => Interlocked.Decrement(ref _waiting);

    /// <summary>A part's file is complete, or there is none.</summary>
    internal void OnPartComplete(RecordingPart part, RecordedPart? recorded) => _progress.Complete(part, recorded);

    /// <summary>The disk could not be written.</summary>
    internal void OnWriteFailed() => _progress.Fail();

    private bool HasSound => _kinds.HasFlag(MediaKinds.Audio) && (_media is null || _media.AudioCodec == AudioCodec.Opus);

    private bool IsSoundAlone => !_kinds.HasFlag(MediaKinds.Video) || _media?.VideoCodec == VideoCodec.None;

    private PartBuilder Begin(RecordedTracks tracks, long origin)
    {
        var offset = TimeSpan.FromMicroseconds(_now - _began);
        var part = new RecordingPart(this, ++_parts, offset, _beganAt + offset, tracks);
        _progress.Begin(part);
        _lastPartDone = part.Done;
        _lastSound = _now;
        _splitWanted = false;
        _soundOffset = _sync.Offset;
        LogPart(_recorder.Logger, RoomId, part.Number, tracks.Codec, tracks.Width, tracks.Height, tracks.HasSound);
        return new PartBuilder(part, origin, _recorder.Writer);
    }

    private void EndPart()
    {
        if (_part?.Finish() == false)
        {
            _progress.Add(RecordingFaults.DiskSlow);
        }

        _part = null;
    }

    private void LoseFragment()
    {
        LogSlow(_recorder.Logger, RoomId);
        _progress.Add(RecordingFaults.DiskSlow);
        EndPart();
        // What comes next leans on pictures that are lost.
        _assembler.RestartAtKeyFrame();
        _keyFrameWanted = true;
    }

    private void TakeSound(long time, ReadOnlySpan<byte> rtp)
    {
        _sync.OnSound(time, _now);
        var packet = RtpHeader.TryParse(rtp, out var header) ? rtp.Slice(header.Length, header.PayloadLength) : [];
        var length = OpusPacket.LengthOf(packet);
        if (length == 0)
        {
            return;
        }

        _lastSound = _now;
        if (Math.Abs(_sync.Offset - _soundOffset) > SyncTolerance)
        {
            _soundOffset = _sync.Offset;
        }

        if (IsSoundAlone && (_part is null || _splitWanted))
        {
            EndPart();
            _part = Begin(RecordedTracks.SoundOnly, time + _soundOffset);
        }

        if (_part is { Tracks.HasSound: true } part && !part.AddSound(time + _soundOffset, length, packet, _now))
        {
            LoseFragment();
        }
    }

    private void WatchPart()
    {
        if (_part is not { } part)
        {
            return;
        }

        if (part.Tracks.HasSound && _now - _lastSound >= SilenceLimit && _now - _lastPacket < IdleLimit)
        {
            _progress.Add(RecordingFaults.SoundMissing);
        }

        if (_now - _lastPacket >= IdleLimit)
        {
            EndPart();
            _splitWanted = true;
        }
        else if (!part.CutIfDue(_now))
        {
            LoseFragment();
        }
    }

    private bool TakeKeyFrameWish()
    {
        var wanted = _keyFrameWanted;
        _keyFrameWanted = false;
        return wanted;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording room {RoomId}: part {Part} with {Codec} {Width}x{Height}, sound: {Sound}")]
    private static partial void LogPart(ILogger logger, string roomId, int part, VideoCodec codec, int width, int height, bool sound);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recording room {RoomId}: the disk does not keep up, a fragment is left out")]
    private static partial void LogSlow(ILogger logger, string roomId);
}
