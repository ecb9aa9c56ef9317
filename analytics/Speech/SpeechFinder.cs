namespace Xunke.Analytics.Speech;

/// <summary>
/// From how likely each chunk holds a voice to stretches of speech, with hysteresis: speech begins at a high likelihood and goes
/// on until a low one has lasted.
/// </summary>
internal static class SpeechFinder
{
    private const float Onset = 0.5f;

    private const float Offset = 0.35f;

    /// <summary>Chunks of quiet that end it: 130 ms, longer than any consonant's closure.</summary>
    private const int QuietToEnd = 4;

    /// <summary>Shorter speech is a click or a cough: 200 ms.</summary>
    private const int Shortest = 6;

    /// <param name="probabilities">How likely each chunk holds a voice, 0 to 1.</param>
    public static List<SpeechSpan> Find(IReadOnlyList<float> probabilities)
    {
        var found = new List<SpeechSpan>();
        int start = -1, lastVoice = -1;
        for (int chunk = 0; chunk < probabilities.Count; chunk++)
        {
            if (probabilities[chunk] >= (start < 0 ? Onset : Offset))
            {
                start = start < 0 ? chunk : start;
                lastVoice = chunk;
            }
            else if (start >= 0 && chunk - lastVoice >= QuietToEnd)
            {
                Keep();
            }
        }

        Keep();
        return found;

        void Keep()
        {
            if (start >= 0 && lastVoice + 1 - start >= Shortest)
            {
                found.Add(new SpeechSpan(start, lastVoice + 1));
            }

            start = -1;
        }
    }
}
