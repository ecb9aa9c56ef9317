namespace Xunke.Analytics.Speech;

/// <summary>
/// Finds where many voices at once are heard: in pair talk no single voice stands out, so the voice detector hears none, but the
/// room is much louder than when it is quiet.
/// </summary>
internal static class Hubbub
{
    /// <summary>Decibels above the quiet room.</summary>
    private const double Above = 10;

    /// <summary>A room is no quieter than this; below it the microphone was off.</summary>
    private const double QuietestRoom = -65;

    /// <summary>Chunks over which loudness is averaged: half a second.</summary>
    private const int Averaged = 16;

    /// <summary>Shorter noise is a chair or a door: two seconds.</summary>
    private const int Shortest = 62;

    /// <summary>The echo of speech that has just ended is not many voices: a third of a second.</summary>
    private const int Echo = 10;

    /// <summary>
    /// Voices rise and fall, however many they are; a fan or rain does not. Decibels from one chunk to the next, as a median:
    /// white noise has about 0.3.
    /// </summary>
    private const double LeastModulation = 0.6;

    /// <summary>The stretches of hubbub, in order; none of them overlaps speech.</summary>
    /// <param name="speech">Where a voice was found, in order.</param>
    public static List<SpeechSpan> Find(IReadOnlyList<float> energies, IReadOnlyList<SpeechSpan> speech)
    {
        bool[] free = Free(energies.Count, speech);
        double[] levels = Levels(energies);
        double[] quiet = [.. levels.Where((_, chunk) => free[chunk]).Order()];
        var found = new List<SpeechSpan>();
        if (quiet.Length == 0)
        {
            return found;
        }

        double loud = Math.Max(QuietestRoom, quiet[quiet.Length / 10]) + Above;
        int start = -1;
        for (int chunk = 0; chunk <= levels.Length; chunk++)
        {
            bool many = chunk < levels.Length && free[chunk] && levels[chunk] >= loud;
            if (many)
            {
                start = start < 0 ? chunk : start;
                continue;
            }

            if (start >= 0 && chunk - start >= Shortest && Modulation(energies, start, chunk) >= LeastModulation)
            {
                found.Add(new SpeechSpan(start, chunk));
            }

            start = -1;
        }

        return found;
    }

    private static double Modulation(IReadOnlyList<float> energies, int from, int to)
    {
        double[] steps = [.. Enumerable.Range(from, to - from - 1)
            .Select(chunk => Math.Abs(Decibels(energies[chunk + 1]) - Decibels(energies[chunk]))).Order()];
        return steps[steps.Length / 2];
    }

    private static double Decibels(double energy) => 10 * Math.Log10(Math.Max(energy, 0) + 1e-10);

    private static bool[] Free(int chunks, IReadOnlyList<SpeechSpan> speech)
    {
        bool[] free = new bool[chunks];
        Array.Fill(free, true);
        foreach (SpeechSpan span in speech)
        {
            Array.Fill(free, false, span.From, Math.Min(chunks, span.To + Echo) - span.From);
        }

        return free;
    }

    /// <summary>Loudness around each chunk in dBFS.</summary>
    private static double[] Levels(IReadOnlyList<float> energies)
    {
        double[] levels = new double[energies.Count];
        double sum = 0;
        int from = 0, to = 0;
        for (int chunk = 0; chunk < levels.Length; chunk++)
        {
            for (; to < Math.Min(levels.Length, chunk + Averaged / 2); to++)
            {
                sum += energies[to];
            }

            for (; from < chunk - Averaged / 2; from++)
            {
                sum -= energies[from];
            }

            levels[chunk] = Decibels(sum / (to - from));
        }

        return levels;
    }
}
