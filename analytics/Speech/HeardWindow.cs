using System.Collections.Immutable;

namespace Xunke.Analytics.Speech;

/// <summary>What was heard in a stretch of a lesson that still goes on: whether anybody speaks, not yet who.</summary>
/// <param name="SpeechShare">Seconds of speech over all seconds heard, 0 to 1.</param>
/// <param name="Level">Median loudness of its seconds in dBFS; null before the first.</param>
/// <param name="Loudest">Loudness of its loudest second in dBFS; null before the first.</param>
public sealed record HeardWindow(TimeSpan From, TimeSpan To, double SpeechShare, double? Level, double? Loudest)
{
    public const string Formula = "speech-so-far/1";

    /// <summary>Seconds without speech over all seconds heard, 0 to 1.</summary>
    public double SilenceShare => 1 - SpeechShare;

    /// <param name="levels">Loudness of each second.</param>
    /// <param name="gaps">Chunks that nobody heard, in order. A window without any other is left out.</param>
    internal static ImmutableArray<HeardWindow> Cut(
        IReadOnlyList<float> probabilities, List<double> levels, IReadOnlyList<SpeechSpan> gaps, TimeSpan length)
    {
        List<SpeechSpan> speech = SpeechFinder.Find(probabilities);
        int chunks = (int)(length / SoundFormat.ChunkTime);
        ImmutableArray<HeardWindow>.Builder windows = ImmutableArray.CreateBuilder<HeardWindow>();
        for (int from = 0; from < probabilities.Count; from += chunks)
        {
            int to = Math.Min(from + chunks, probabilities.Count);
            int spoken = Within(speech), unheard = Within(gaps);
            if (unheard == to - from)
            {
                continue;
            }

            TimeSpan start = from * SoundFormat.ChunkTime, end = to * SoundFormat.ChunkTime;
            double[] seconds = [.. Enumerable.Range((int)start.TotalSeconds, (int)(end - start).TotalSeconds)
                .Where(second => second < levels.Count && !IsGap(second)).Select(second => levels[second]).Order()];
            windows.Add(new HeardWindow(
                start, end, (double)spoken / (to - from - unheard),
                seconds.Length == 0 ? null : seconds[seconds.Length / 2],
                seconds.Length == 0 ? null : seconds[^1]));

            int Within(IEnumerable<SpeechSpan> spans) => spans.Sum(span => Math.Max(0, Math.Min(span.To, to) - Math.Max(span.From, from)));
        }

        return windows.ToImmutable();

        bool IsGap(int second) => gaps.Any(
            gap => gap.From * SoundFormat.ChunkTime.TotalSeconds < second + 1 && gap.To * SoundFormat.ChunkTime.TotalSeconds > second);
    }
}
