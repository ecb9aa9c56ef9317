using System.Buffers;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Bench.Analysis;

/// <summary>Pictures of a rendered classroom, decoded beforehand and kept in memory.</summary>
internal sealed class Clip
{
    private readonly List<byte[]> _pictures = [];

    private Clip()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _pictures.Count;

    /// <summary>Width of each in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height of each in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Reads one picture every so often of a clip of the demo.</summary>
    /// <param name="name">The clip, without extension.</param>
    /// <param name="interval">Time from one picture to the next.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FileNotFoundException">The clip or ffmpeg is missing.</exception>
    public static async Task<Clip> ReadAsync(string name, TimeSpan interval, CancellationToken cancellationToken)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "demo", "clips", name + ".mkv");
        var clip = new Clip();
        await foreach (DecodedFrame frame in VideoFileReader.ReadAsync(
            path, new VideoFileReaderOptions { Interval = interval }, cancellationToken))
        {
            using (frame)
            {
                (clip.Width, clip.Height) = (frame.Width, frame.Height);
                clip._pictures.Add(frame.Pixels.ToArray());
            }
        }

        return clip;
    }

    /// <summary>One picture, as it comes out of the decoder.</summary>
    public RgbFrame Frame(int index, DateTimeOffset at) => new(Width, Height, new Kept(_pictures[index % Count]), at);

    /// <summary>The pictures outlive the frames that show them.</summary>
    private sealed class Kept(byte[] pixels) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = pixels;

        public void Dispose()
        {
        }
    }
}
