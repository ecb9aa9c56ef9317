using System.Buffers.Binary;
using Xunke.Streaming;
using Xunke.Streaming.Rooms;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>The times of a room's pictures, as a viewer gets them.</summary>
internal sealed class RoomPictures : IRtpTap
{
    private readonly List<uint> _video = [];
    private readonly List<uint> _sound = [];

    /// <summary>Of each picture, in 90 kHz.</summary>
    public IReadOnlyList<uint> Video => Copy(_video);

    /// <summary>Of each packet of sound, in 48 kHz.</summary>
    public IReadOnlyList<uint> Sound => Copy(_sound);

    public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
    {
        var times = kind == MediaKind.Video ? _video : _sound;
        var time = BinaryPrimitives.ReadUInt32BigEndian(rtp[4..]);
        lock (times)
        {
            if (times.Count == 0 || times[^1] != time)
            {
                times.Add(time);
            }
        }
    }

    /// <summary>The picture runs: no two pictures are further apart than a second, none steps back, and they take as long as they
    /// should.</summary>
    public void ShouldRun(int skip = 0) => ShouldRun([.. Video.Skip(skip)], 90_000, 1.0 / HabitClip.PicturesPerSecond, "picture");

    /// <summary>The same of the sound.</summary>
    public void SoundShouldRun(int skip = 0) => ShouldRun([.. Sound.Skip(skip)], 48_000, 0.02, "sound");

    private static void ShouldRun(IReadOnlyList<uint> times, int rate, double interval, string what)
    {
        var steps = times.Zip(times.Skip(1), (one, next) => (double)(int)(next - one) / rate).ToList();
        var told =
            $"{what}: {string.Join(' ', steps.Select(step => step.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)))}";
        steps.ShouldNotBeEmpty(told);
        steps.Max().ShouldBeLessThan(1, told);
        steps.Min().ShouldBeGreaterThan(0, told);
        (steps.Count(step => step < interval / 3) / (double)steps.Count).ShouldBeLessThan(0.2, told);
        steps.Sum().ShouldBe(steps.Count * interval, Math.Max(1, steps.Count * interval * 0.2), told);
    }

    private static List<uint> Copy(List<uint> times)
    {
        lock (times)
        {
            return [.. times];
        }
    }
}
