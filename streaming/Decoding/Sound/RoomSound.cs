using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>
/// A room's Opus sound, decoded by a child process and handed on at once. Nothing of it is kept. The child is started by the first
/// packet, and anew when it dies.
/// </summary>
public sealed partial class RoomSound : IRtpTap, IAsyncDisposable
{
    /// <summary>Ten seconds of packets of 20 ms; beyond, the oldest are dropped, and heard as silence.</summary>
    private const int MostWaiting = 500;

    private const long PageLength = OggPages.Clock / 5;
    private const byte StereoFlag = 4;

    private static readonly TimeSpan BeforeRestart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly Channel<SoundPacket> _packets = Channel.CreateBounded<SoundPacket>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
        static dropped => ArrayPool<byte>.Shared.Return(dropped.Buffer));

    private readonly string _roomId;
    private readonly DateTimeOffset _origin;
    private readonly int _rate;
    private readonly ISoundReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomSound> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _tap;
    private readonly Task _run;
    private int? _channels;
    private long _heard;

    /// <summary>Begins to listen.</summary>
    /// <param name="media">Where the packets come from.</param>
    /// <param name="roomId">The room, published or not.</param>
    /// <param name="origin">What time 0 of the sound is: now, or not long ago. What came before now is silence.</param>
    /// <param name="rate">Samples a second of each channel.</param>
    /// <param name="receiver">Gets the sound.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets failures of the decoder.</param>
    public RoomSound(
        MediaServer media, string roomId, DateTimeOffset origin, int rate, ISoundReceiver receiver, TimeProvider time, ILogger<RoomSound> logger)
        : this((IRoomMedia)media, roomId, origin, rate, receiver, time, logger)
    {
    }

    /// <summary>Listens to something else than a media server.</summary>
    internal RoomSound(
        IRoomMedia media, string roomId, DateTimeOffset origin, int rate, ISoundReceiver receiver, TimeProvider time, ILogger<RoomSound> logger)
    {
        _roomId = roomId;
        _origin = origin;
        _rate = rate;
        _receiver = receiver;
        _time = time;
        _logger = logger;
        _run = RunAsync();
        _tap = media.Tap(roomId, this);
    }

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

    /// <summary>Ends; what has come is still handed on, as far as the decoder gives it soon.</summary>
    public async ValueTask DisposeAsync()
    {
        _tap.Dispose();
        _packets.Writer.TryComplete();
        _stop.CancelAfter(LastWords);
        await _run.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (await _packets.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false) && _packets.Reader.TryPeek(out var first))
            {
                // Whether two microphones are there is said by the first packet; a decoder that starts anew must go on alike.
                _channels ??= (first.Buffer[0] & StereoFlag) != 0 ? 2 : 1;
                try
                {
                    await DecodeAsync(_channels.Value, _stop.Token).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is IOException or FileNotFoundException)
                {
                    LogFailed(fault, _roomId);
                    await Task.Delay(BeforeRestart, _time, _stop.Token).ConfigureAwait(false);
                }
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

    /// <summary>One child's life.</summary>
    /// <exception cref="IOException">It died.</exception>
    private async Task DecodeAsync(int channels, CancellationToken cancellationToken)
    {
        using var child = SoundChild.Start(channels, _rate);
        // A child's time begins where the sound of the one before ended.
        var clock = new SoundClock(_origin + TimeSpan.FromSeconds((double)_heard / _rate));
        var reading = child.ReadAsync(_receiver, samples => _heard += samples, cancellationToken);
        try
        {
            await WriteAsync(child.Input, channels, clock, cancellationToken).ConfigureAwait(false);
            await child.Input.DisposeAsync().ConfigureAwait(false);
        }
        catch
        {
            child.Dispose();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await reading.ConfigureAwait(false);
    }

    private async Task WriteAsync(Stream input, int channels, SoundClock clock, CancellationToken cancellationToken)
    {
        var pages = new OggPages();
        long end = 0, pageStart = 0;
        await input.WriteAsync(pages.Head(channels), cancellationToken).ConfigureAwait(false);
        await input.WriteAsync(pages.Tags(), cancellationToken).ConfigureAwait(false);
        await foreach (var packet in _packets.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var length = OpusPacket.LengthOf(packet.Buffer.AsSpan(0, packet.Length)) * (OggPages.Clock / 1000) / 1000;
                if (length == 0)
                {
                    continue;
                }

                var start = clock.Place(packet, end);

                // A gap can only be said between pages.
                if (!pages.IsEmpty && (start > end || end - pageStart >= PageLength))
                {
                    await WritePageAsync(end).ConfigureAwait(false);
                }

                pageStart = pages.IsEmpty ? start : pageStart;
                if (!pages.TryAdd(packet.Buffer.AsSpan(0, packet.Length)))
                {
                    await WritePageAsync(end).ConfigureAwait(false);
                    pageStart = start;
                    pages.TryAdd(packet.Buffer.AsSpan(0, packet.Length));
                }

                end = start + length;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(packet.Buffer);
            }
        }

        if (!pages.IsEmpty)
        {
            await WritePageAsync(end).ConfigureAwait(false);
        }

        async ValueTask WritePageAsync(long at)
        {
            await input.WriteAsync(pages.Take(at), cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sound of room {RoomId} cannot be decoded; trying again")]
    private partial void LogFailed(Exception fault, string roomId);
}
