using Microsoft.Extensions.Logging;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Recording;

/// <summary>
/// Gathers a room's packets into parts. A new part begins at the first key frame after another publisher came, the codec
/// or the sequence parameter set changed, or the disk lost a fragment. Guarded by the recording's lock. Times are
/// microseconds.
/// </summary>
internal sealed partial class PartIntake : IAccessUnitReceiver
{
    private const int LargestPicture = 8 * 1024 * 1024;
    private const int VideoClock = 90_000;
    private const int SoundClock = 48_000;

    // Seeking decodes from the last key frame on, so a recording asks for key frames that live viewers do not need.
    private const long KeyFrameInterval = 10_000_000;
    private const long SilenceLimit = 10_000_000;
    private const long IdleLimit = 5_000_000;

    // A smaller offset is not corrected: each correction drops or adds a packet.
    private const long SyncTolerance = 30_000;

    private readonly RoomRecording _recording;
    private readonly Recorder _recorder;
    private readonly MediaKinds _kinds;
    private readonly RecordingProgress _progress;
    private readonly AccessUnitAssembler _assembler;
    private readonly RtpTimeline _videoTime = new(VideoClock);
    private readonly RtpTimeline _soundTime = new(SoundClock);
    private readonly SoundSync _sync = new();
    private readonly long _began;
    private readonly DateTimeOffset _beganAt;
    private MediaDescription? _media;
    private PartBuilder? _part;
    private long _now;
    private long _lastPacket;
    private long _lastKeyFrame;
    private long _lastSound;
    private long _soundOffset;
    private int _parts;
    private bool _splitWanted;
    private bool _keyFrameWanted;

    public PartIntake(RoomRecording recording, Recorder recorder, MediaKinds kinds, AccessUnitPool units,
        RecordingProgress progress, EarlierParts? earlier)
    {
        _recording = recording;
        _recorder = recorder;
        _kinds = kinds;
        _progress = progress;
        _assembler = new AccessUnitAssembler(units, this, LargestPicture);
        _lastKeyFrame = recorder.Clock.Now;
        var now = recorder.Time.GetUtcNow();
        var before = earlier?.Since(now) ?? TimeSpan.Zero;
        _began = _lastKeyFrame - MediaClock.Of(before);
        _beganAt = now - before;
        _parts = earlier?.LastNumber ?? 0;
    }

    /// <summary>How far the part that is being gathered reaches, from the start of the recording; null while there is none.</summary>
    public TimeSpan? PartEnd => _part is { } part ? part.Offset + TimeSpan.FromMilliseconds(part.End) : null;

    /// <summary>Ends when all parts that have been ended are on the disk.</summary>
    public Task LastPartDone { get; private set; } = Task.CompletedTask;

    private bool HasSound => _kinds.HasFlag(MediaKinds.Audio) && (_media is null || _media.AudioCodec == AudioCodec.Opus);

    private bool IsSoundAlone => !_kinds.HasFlag(MediaKinds.Video) || _media?.VideoCodec == VideoCodec.None;

    /// <summary>Takes a packet in.</summary>
    public void Take(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp, long now)
    {
        _lastPacket = _now = now;
        if (!RtpHeader.TryParse(rtp, out var header))
        {
            return;
        }

        if (kind == MediaKind.Video)
        {
            _sync.OnVideo(_videoTime.Microseconds(header.Timestamp), now);
            _assembler.Push(codec, rtp, _beganAt);
        }
        else
        {
            TakeSound(_soundTime.Microseconds(header.Timestamp), rtp.Slice(header.Length, header.PayloadLength));
        }
    }

    /// <inheritdoc />
    public void OnUnit(AccessUnit unit)
    {
        var time = _videoTime.Microseconds(unit.Timestamp);
        if (unit.IsKey)
        {
            _lastKeyFrame = _now;
            if (_part is null || _splitWanted || !_part.Tracks.ContinuesWith(unit) || _part.IsAstray(time, _now))
            {
                EndPart();
                _part = RecordedTracks.Of(unit, HasSound) is { } tracks ? Begin(tracks, time) : null;
            }
        }

        if (_part?.IsAstray(time, _now) == true)
        {
            // The publisher's clock has jumped.
            BreakOff();
        }
        else if (_part?.AddPicture(time, unit, _now) == false)
        {
            LoseFragment();
        }

        unit.Return();
    }

    /// <inheritdoc />
    public void OnKeyFrameNeeded() => _keyFrameWanted = true;

    /// <summary>Another publisher, or the first one, is there.</summary>
    public void OnPublisher(MediaDescription media, long now)
    {
        _splitWanted |= _media is not null && _media != media;
        _media = media;
        _lastSound = now;
        if (_kinds.HasFlag(MediaKinds.Audio) && media.AudioCodec != AudioCodec.Opus)
        {
            _progress.Add(media.RefusedAudio.Length == 0
                ? RecordingFaults.NoSound
                : RecordingFaults.With(RecordingFaults.UnplayableSound, media.RefusedAudio));
        }
    }

    /// <summary>The publisher is gone. What the next one sends begins a part of its own.</summary>
    public void OnPublisherGone()
    {
        _splitWanted = true;
        _sync.Reset();
    }

    /// <summary>The publisher's sender reports tell what its clocks show now.</summary>
    public void OnReport(uint video, uint sound) => _sync.OnReport(_videoTime.Microseconds(video), _soundTime.Microseconds(sound));

    /// <summary>Does what is due though no packet comes.</summary>
    public void Watch(long now)
    {
        _now = now;
        _keyFrameWanted |= !IsSoundAlone && now - _lastKeyFrame >= KeyFrameInterval;
        if (_part is not { } part)
        {
            return;
        }

        if (now - _lastPacket >= IdleLimit)
        {
            EndPart();
            _splitWanted = true;
            return;
        }

        if (part.Tracks.HasSound && now - _lastSound >= SilenceLimit)
        {
            _progress.Add(RecordingFaults.SoundMissing);
        }

        if (!part.CutIfDue(now))
        {
            LoseFragment();
        }
    }

    public bool TakeKeyFrameWish()
    {
        var wanted = _keyFrameWanted;
        _keyFrameWanted = false;
        return wanted;
    }

    /// <summary>Ends the last part; nothing may be taken afterwards.</summary>
    public void Close()
    {
        EndPart();
        _assembler.Reset();
    }

    private void TakeSound(long time, ReadOnlySpan<byte> packet)
    {
        _sync.OnSound(time, _now);
        var length = OpusPacket.LengthOf(packet);
        if (length == 0)
        {
            return;
        }

        // Until the new publisher reports, the last known offset is the best guess: the room's timeline goes on.
        if (_sync.Offset is { } offset && Math.Abs(offset - _soundOffset) > SyncTolerance)
        {
            _soundOffset = offset;
        }

        time += _soundOffset;
        if (IsSoundAlone && (_part is null || _splitWanted || _part.IsAstray(time, _now)))
        {
            EndPart();
            _part = Begin(RecordedTracks.SoundOnly, time);
        }

        if (_part is not { Tracks.HasSound: true } part || part.IsAstray(time, _now))
        {
            return;
        }

        _lastSound = _now;
        if (!part.AddSound(time, length, packet, _now))
        {
            LoseFragment();
        }
    }

    private PartBuilder Begin(RecordedTracks tracks, long origin)
    {
        var offset = TimeSpan.FromMicroseconds(_now - _began);
        var part = new RecordingPart(_recording, ++_parts, offset, _beganAt + offset, tracks);
        _progress.Begin(part);
        LastPartDone = part.Done;
        _lastSound = _now;
        _splitWanted = false;
        _soundOffset = _sync.Offset ?? _soundOffset;
        LogPart(_recorder.Logger, _recording.RoomId, part.Number, tracks.Codec, tracks.Width, tracks.Height, tracks.HasSound);
        return new PartBuilder(part, origin, _now, _recorder.Writer);
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
        LogSlow(_recorder.Logger, _recording.RoomId);
        _progress.Add(RecordingFaults.DiskSlow);
        BreakOff();
    }

    private void BreakOff()
    {
        EndPart();
        // The next pictures refer to ones that were left out.
        _assembler.RestartAtKeyFrame();
        _keyFrameWanted = true;
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Recording room {RoomId}: part {Part} with {Codec} {Width}x{Height}, sound: {Sound}")]
    private static partial void LogPart(ILogger logger, string roomId, int part, VideoCodec codec, int width, int height, bool sound);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recording room {RoomId}: the disk does not keep up, a fragment is left out")]
    private static partial void LogSlow(ILogger logger, string roomId);
}
