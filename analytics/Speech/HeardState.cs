namespace Xunke.Analytics.Speech;

/// <summary>All that a listener keeps of what it has heard: no sound. Not thread-safe.</summary>
/// <param name="channels">One or two; the room's is the last.</param>
internal sealed class HeardState(HeardChannel[] channels)
{
    private const int NextTo = 2;

    public HeardChannel[] Channels => channels;

    /// <summary>Loudness of each whole second in dBFS.</summary>
    public List<double> Levels { get; } = [];

    /// <summary>Chunks that nobody heard, in order.</summary>
    public List<SpeechSpan> Gaps { get; } = [];

    /// <summary>By how much energy the channels differ.</summary>
    public double Difference { get; set; }

    public double Energy { get; set; }

    public int Chunks => channels[0].Probabilities.Count;

    /// <summary>Adds a gap behind the others; no word is heard between two that are next to each other.</summary>
    public void AddGap(int from, int to)
    {
        if (Gaps.Count > 0 && from - Gaps[^1].To <= NextTo)
        {
            Gaps[^1] = new SpeechSpan(Gaps[^1].From, to);
        }
        else if (to > from)
        {
            Gaps.Add(new SpeechSpan(from, to));
        }
    }
}
