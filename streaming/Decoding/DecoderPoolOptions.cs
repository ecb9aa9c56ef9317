namespace Xunke.Streaming.Decoding;

/// <summary>The settings of a <see cref="DecoderPool"/>.</summary>
public sealed record DecoderPoolOptions
{
    /// <summary>How many worker processes; half the processors, but at least two, so that one can fail alone.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 2, 16);

    /// <summary>Time between two pictures of a room.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The box that pictures are fitted into.</summary>
    public AnalysisSize Size { get; init; } = AnalysisSize.Default;

    /// <summary>The program that has the <c>decode-worker</c> sub-command: by default <c>xunke</c> beside this assembly.</summary>
    public string WorkerPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "xunke");

    /// <summary>
    /// Access units that may wait for one worker. When they are too many, a room's newest are dropped up to its next
    /// key frame, and that is asked for: what is decoded is then at most this far behind.
    /// </summary>
    public int QueuedUnits { get; init; } = 256;

    /// <summary>Bytes of access units that may wait for one worker, with the same policy.</summary>
    public int QueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>A worker that uses so much processor time and takes nothing of what waits for it is replaced: it spins.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A worker that takes nothing for so long, though it does not wait for a processor, is replaced: it hangs. Time in which this
    /// process itself did not get to look does not count.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A worker must report for work within this time of its start, measured in the same way.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A room whose video arrives for so long without a picture coming out has a fault.</summary>
    public TimeSpan PictureLimit { get; init; } = TimeSpan.FromSeconds(5);
}
