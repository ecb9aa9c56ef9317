using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Speech;
using Xunke.Streaming;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Streaming.Rooms;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Recording;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Decoding.Sound;

/// <summary>A room on the test's clock that somebody listens to.</summary>
internal sealed class SoundRoom : IRoomMedia, ISoundReceiver, IDisposable, IAsyncDisposable
{
    private const int Rate = SoundFormat.Rate;

    private readonly RtpPacketizer _packetizer = new(VideoCodec.None);
    private readonly RoomSound _sound;
    private IRtpTap? _tap;
    private uint _timestamp = 4_294_900_000;
    private bool _ended;

    /// <param name="program">What decodes.</param>
    /// <param name="patience">How long it may owe sound without giving any.</param>
    public SoundRoom(string program = "ffmpeg", double patience = 10) =>
        _sound = new RoomSound(this, "s01-101", Time.GetUtcNow(), 0, null, Rate, this, Time, NullLogger<RoomSound>.Instance)
        {
            Program = program,
            Patience = TimeSpan.FromSeconds(patience),
        };

    public ManualTime Time { get; } = new();

    public List<float> Heard { get; } = [];

    /// <summary>Seconds that were not heard.</summary>
    public List<(double From, double To)> Gaps { get; } = [];

    public double Seconds => (double)Heard.Count / Math.Max(1, Channels) / Rate;

    public int? ProcessId => _sound.ProcessId;

    /// <summary>How often it still refuses to take sound.</summary>
    public int Throws { get; set; }

    public int Channels { get; private set; }

    public async Task SendAsync(IEnumerable<byte[]> packets)
    {
        foreach (byte[] packet in packets)
        {
            // The test's clock runs faster than the decoder.
            await Eventually.TrueAsync(() => _sound.Waiting < 100, within: TimeSpan.FromSeconds(60));
            _tap!.OnPacket(MediaKind.Audio, VideoCodec.None, _packetizer.Packet(packet, _timestamp, marker: false));
            Skip(0.02);
        }
    }

    public void Skip(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        _timestamp += (uint)(seconds * 48_000);
    }

    public async Task EndAsync()
    {
        if (!_ended)
        {
            _ended = true;
            await _sound.DisposeAsync();
        }
    }

    /// <summary>Mean loudness from one second to another, in dBFS.</summary>
    public double LevelOf(double from, double to)
    {
        double sum = Heard.Skip((int)(from * Rate)).Take((int)((to - from) * Rate)).Sum(sample => sample * sample);
        return 10 * Math.Log10(sum / ((to - from) * Rate) + 1e-12);
    }

    public void OnSound(int channels, ReadOnlySpan<float> samples)
    {
        if (Throws > 0)
        {
            Throws--;
            throw new InvalidOperationException("a bug of the listener");
        }

        Channels = channels;
        Heard.AddRange(samples);
    }

    public void OnGap(int channels, int length)
    {
        double from = (double)Heard.Count / channels / Rate, to = from + (double)length / Rate;
        Heard.AddRange(new float[channels * length]);
        if (Gaps.Count > 0 && Math.Abs(Gaps[^1].To - from) < 1e-6)
        {
            Gaps[^1] = (Gaps[^1].From, to);
        }
        else
        {
            Gaps.Add((from, to));
        }
    }

    public IDisposable Tap(string roomId, IRtpTap tap)
    {
        _tap = tap;
        return this;
    }

    public void RequestKeyFrame(string roomId)
    {
        // Sound has none.
    }

    public bool TryGetTimestamps(string roomId, out uint video, out uint sound)
    {
        (video, sound) = (0, 0);
        return false;
    }

    public void Dispose() => _tap = null;

    public async ValueTask DisposeAsync() => await EndAsync();
}

internal static class Tones
{
    /// <summary>Four seconds of a tone in packets of 20 ms.</summary>
    public static async Task<IReadOnlyList<byte[]>> ToneAsync(this MadeClips clips) => await MediaProbe.OpusPacketsAsync(clips.Make(
        "tone.mkv", "-f", "lavfi", "-i", "color=black:s=64x64:r=5:d=4", "-f", "lavfi", "-i", "sine=frequency=440:duration=4",
        "-c:v", "libx264", "-c:a", "libopus", "-frame_duration", "20"));
}
