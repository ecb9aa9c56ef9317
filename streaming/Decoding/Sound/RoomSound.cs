using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Decoding.Workers;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>
/// A room's Opus sound, decoded by a child process and handed on at once. Nothing of it is kept. The child is started by the first
/// packet, and anew whenever it ends, fails or hangs; what is lost with it is a gap.
/// </summary>
public sealed partial class RoomSound : IRtpTap, IAsyncDisposable
{
    /// <summary>Ten seconds of packets of 20 ms; beyond, the oldest are dropped and are a gap.</summary>
    private const int MostWaiting = 500;

    /// <summary>Failures in a row that are worth a warning each.</summary>
    private const int TellingFailures = 3;

    private const byte StereoFlag = 4;

    /// <summary>A decoder holds back some packets; owing more than this is a debt.</summary>
    private const double MostOwedSeconds = 2;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly Channel<SoundPacket> _packets = Channel.CreateBounded<SoundPacket>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
        static dropped => ArrayPool<byte>.Shared.Return(dropped.Buffer));

    private readonly string _roomId;
    private readonly DateTimeOffset _origin;
    private readonly int _rate;
    private readonly SoundOutput _output;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomSound> _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _tap;
    private readonly Task _run;
    private int? _channels;

    /// <summary>Begins to listen.</summary>
    /// <param name="origin">What time 0 of the sound is: now, or not long ago. What came before now is a gap.</param>
    /// <param name="heard">Samples from the origin on that the receiver has already.</param>
    /// <param name="channels">Channels that it has had so far, 1 or 2; null for as many as come.</param>
    /// <param name="rate">Samples a second of each channel.</param>
    public RoomSound(
        MediaServer media, string roomId, DateTimeOffset origin, long heard, int? channels, int rate, ISoundReceiver receiver,
        TimeProvider time, ILogger<RoomSound> logger)
        : this((IRoomMedia)media, roomId, origin, heard, channels, rate, receiver, time, logger)
    {
    }

    /// <summary>Listens to something else than a media server.</summary>
    internal RoomSound(
        IRoomMedia media, string roomId, DateTimeOffset origin, long heard, int? channels, int rate, ISoundReceiver receiver,
        TimeProvider time, ILogger<RoomSound> logger)
    {
        _roomId = roomId;
        _origin = origin;
        _channels = channels;
        _rate = rate;
        _output = new SoundOutput(receiver, rate, heard);
        _time = time;
        _logger = logger;
        _run = RunAsync();
        _tap = media.Tap(roomId, this);
    }

    /// <summary>The decoder's process, or null while there is none.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>How long a decoder may owe sound without giving any.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The decoder.</summary>
    internal string Program { get; init; } = "ffmpeg";

    /// <summary>Packets that wait for the decoder.</summary>
    internal int Waiting => _packets.Reader.Count;

    /// <inheritdoc />
    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        if (kind != MediaKind.Audio || !RtpHeader.TryParse(rtp, out var header) || header.PayloadLength == 0)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(header.PayloadLength);
        rtp.Slice(header.Length, header.PayloadLength).CopyTo(buffer);
        if (!_packets.Writer.TryWrite(new SoundPacket(buffer, header.PayloadLength, header.Timestamp, _time.GetUtcNow())))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Ends; what has come is still handed on, as far as the decoder gives it soon. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        _tap.Dispose();
        _packets.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        _stop.CancelAfter(LastWords);
        await _run.ConfigureAwait(false);
        _ending.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        var delay = new RestartDelay();
        var failures = 0;
        try
        {
            while (await _packets.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false) && _packets.Reader.TryPeek(out var first))
            {
                // The first packet says whether the sound is stereo; a decoder that is started anew must go on alike.
                _channels ??= (first.Buffer[0] & StereoFlag) != 0 ? 2 : 1;
                var started = ChildWatch.Time.GetTimestamp();
                if (await TryDecodeAsync(_channels.Value, first.Came, failures).ConfigureAwait(false))
                {
                    continue;
                }

                var wait = delay.After(ChildWatch.Time.GetElapsedTime(started));
                failures = wait > TimeSpan.Zero ? failures + 1 : 0;
                if (_ending.IsCancellationRequested && wait > TimeSpan.Zero)
                {
                    return;
                }

                await Task.Delay(wait, ChildWatch.Time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            // The decoder did not come to an end in time.
        }
        finally
        {
            while (_packets.Reader.TryRead(out var left))
            {
                ArrayPool<byte>.Shared.Return(left.Buffer);
            }
        }
    }

    /// <summary>One child's life, told when it ends badly.</summary>
    /// <returns>Whether it ended with the sound.</returns>
    private async Task<bool> TryDecodeAsync(int channels, DateTimeOffset first, int failures)
    {
        try
        {
            _output.PassOver(channels, (long)((first - _origin).TotalSeconds * _rate));
            await DecodeAsync(channels, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // It was not ready in time and was killed.
            return false;
        }
        catch (IOException fault)
        {
            // Where FFmpeg is missing, every room would say so over and over.
            LogFailed(failures < TellingFailures ? LogLevel.Warning : LogLevel.Debug, _roomId, fault.Message);
        }
        catch (Exception bug)
        {
            // A bug, ours or the receiver's, must not leave the rest of the lesson without sound.
            LogBug(bug, _roomId);
        }

        return false;
    }

    /// <exception cref="IOException">The child cannot be started, ended before its time, or hung.</exception>
    private async Task DecodeAsync(int channels, CancellationToken cancellationToken)
    {
        using var child = SoundChild.Start(Program, channels, _rate);
        ProcessId = child.Process.Id;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // A blocked pipe does not look at tokens.
        await using var killing = ending.Token.Register(child.Kill).ConfigureAwait(false);
        var watch = new ChildWatch(child.Process, Patience, () => _output.OwedSeconds > MostOwedSeconds);
        await using var watching = watch.ConfigureAwait(false);

        // A child's time begins where the sound of the one before ended.
        _output.Restart();
        var start = _output.Heard;
        var clock = new SoundClock(_origin + TimeSpan.FromSeconds((double)start / _rate));
        var feed =
            new SoundFeed(_packets.Reader, child.Input, clock, (from, to) => _output.Expect(start + OnOutput(from), start + OnOutput(to)));
        var reading = child.ReadAsync(samples => { watch.Progress(); _output.HandOn(channels, samples); }, ending.Token);
        var writing = feed.WriteAsync(channels, ending.Token);
        try
        {
            if (await Task.WhenAny(reading, writing).ConfigureAwait(false) == reading)
            {
                await reading.ConfigureAwait(false);
                throw new IOException($"ffmpeg ended before its time: {watch.Verdict ?? child.Complaint ?? "no reason given"}");
            }

            await writing.ConfigureAwait(false);
            await child.Input.DisposeAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        finally
        {
            ProcessId = null;
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        long OnOutput(long at) => at * _rate / OggPages.Clock;
    }

    [LoggerMessage(Message = "The sound of room {RoomId} is not decoded for a moment; the decoder is started again: {Reason}")]
    private partial void LogFailed(LogLevel level, string roomId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sound of room {RoomId} cannot be handed on; trying again")]
    private partial void LogBug(Exception bug, string roomId);
}
