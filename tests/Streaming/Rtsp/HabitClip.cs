using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>A small H.264 clip made by ffmpeg for one test class, as the payloads of RTP (RFC 6184).</summary>
public sealed class HabitClip : IDisposable
{
    public const int PicturesPerSecond = 15;

    private const int LongestPayload = 900;

    private readonly MadeClips _clips = new();
    private readonly List<List<byte[]>> _pictures = [];

    public HabitClip()
    {
        var path = _clips.Make(
            "habits.h264", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=15", "-t", "4",
            "-c:v", "libx264", "-profile:v", "baseline", "-tune", "zerolatency", "-g", "15", "-b:v", "250k", "-threads", "1",
            "-x264-params", "slices=1", "-f", "h264");
        foreach (var unit in Units(File.ReadAllBytes(path)))
        {
            if (_pictures.Count == 0 || (_pictures[^1].Exists(IsSlice) && unit.Length > 0))
            {
                _pictures.Add([]);
            }

            _pictures[^1].Add(unit);
        }

        ParameterSets = string.Join(',', _pictures[0].Where(unit => (unit[0] & 31) is 7 or 8).Select(Convert.ToBase64String));
    }

    /// <summary>As sprop-parameter-sets names them.</summary>
    public string ParameterSets { get; }

    /// <summary>The payloads of one picture, played over and over.</summary>
    /// <param name="number">The number of the picture.</param>
    /// <param name="drops">Says of a type of NAL unit whether it is left out.</param>
    public List<byte[]> Payloads(int number, Func<int, bool> drops)
    {
        var payloads = new List<byte[]>();
        foreach (var unit in _pictures[number % _pictures.Count].Where(unit => !drops(unit[0] & 31)))
        {
            if (unit.Length <= LongestPayload)
            {
                payloads.Add(unit);
                continue;
            }

            for (var at = 1; at < unit.Length; at += LongestPayload)
            {
                var length = Math.Min(LongestPayload, unit.Length - at);
                var flags = (at == 1 ? 0x80 : 0) | (at + length == unit.Length ? 0x40 : 0) | (unit[0] & 31);
                payloads.Add([(byte)((unit[0] & 0x60) | 28), (byte)flags, .. unit.AsSpan(at, length)]);
            }
        }

        return payloads;
    }

    public void Dispose() => _clips.Dispose();

    private static bool IsSlice(byte[] unit) => (unit[0] & 31) is 1 or 5;

    private static IEnumerable<byte[]> Units(byte[] stream)
    {
        var starts = new List<int>();
        for (var i = 0; i + 2 < stream.Length; i++)
        {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1)
            {
                starts.Add(i + 3);
            }
        }

        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] - 3 : stream.Length;
            while (end > starts[i] && stream[end - 1] == 0)
            {
                end--;
            }

            yield return stream[starts[i]..end];
        }
    }
}
