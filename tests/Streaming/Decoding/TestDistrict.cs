using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Rooms that play clips into a real pool with real worker processes, and the sink that takes the pictures.</summary>
internal sealed class TestDistrict : IDecodedFrameSink, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TestRoom> _rooms = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _plays = [];

    public TestDistrict(DecoderPoolOptions? options = null)
    {
        Pool = new DecoderPool(
            options ?? new DecoderPoolOptions(),
            (roomId, tap) => Room(roomId).Tap(tap),
            roomId => Room(roomId).RequestKeyFrame(),
            this, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>Watches the rooms of a media server instead.</summary>
    public TestDistrict(MediaServer media, DecoderPoolOptions options) =>
        Pool = new DecoderPool(options, media, this, TimeProvider.System, NullLoggerFactory.Instance);

    public DecoderPool Pool { get; }

    public TestClips Clips { get; } = new();

    /// <summary>What came out, in order: the room, when, and the picture.</summary>
    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    public ConcurrentQueue<(string RoomId, string Code)> Faults { get; } = new();

    public TestRoom Room(string roomId) => _rooms.GetOrAdd(roomId, _ => new TestRoom());

    /// <summary>Plays a clip in a room until the returned source is cancelled or the district closes.</summary>
    public CancellationTokenSource Play(string roomId, CodedClip clip, RtpPacketizer? packetizer = null, bool deaf = false)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _plays.Add(Room(roomId).PlayAsync(clip, packetizer ?? new RtpPacketizer(clip.Codec), deaf, stop.Token));
        return stop;
    }

    public IReadOnlyList<Arrival> ArrivalsOf(string roomId) => [.. Arrivals.Where(arrival => arrival.RoomId == roomId)];

    /// <summary>Waits until something is so, and fails when it does not become so.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience, what);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    void IDecodedFrameSink.OnFrame(DecodedFrame frame)
    {
        using (frame)
        {
            var middle = ((frame.Height / 2 * frame.Width) + (frame.Width / 2)) * 3;
            var pixel = frame.Pixels.Slice(middle, 3);
            Arrivals.Enqueue(new Arrival(
                frame.RoomId, Stopwatch.GetTimestamp(), frame.Width, frame.Height, frame.SourceWidth, frame.SourceHeight,
                frame.CapturedAt, (pixel[0], pixel[1], pixel[2])));
        }
    }

    void IDecodedFrameSink.OnDecodeFault(string roomId, string code) => Faults.Enqueue((roomId, code));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_plays);
        await Pool.DisposeAsync();
        _stop.Dispose();
        Clips.Dispose();
        Pool.Frames.Outstanding.ShouldBe(0, "pixel buffers not given back");
        Pool.Units.Outstanding.ShouldBe(0, "access units not given back");
    }

    /// <summary>One picture as it came, with its middle pixel.</summary>
    internal sealed record Arrival(
        string RoomId, long At, int Width, int Height, int SourceWidth, int SourceHeight,
        DateTimeOffset CapturedAt, (byte Red, byte Green, byte Blue) Middle);
}
