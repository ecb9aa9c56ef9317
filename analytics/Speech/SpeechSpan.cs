namespace Xunke.Analytics.Speech;

/// <summary>A stretch of sound in chunks of 32 ms, from the first to the one before the last.</summary>
/// <param name="To">The chunk after the last; above <paramref name="From"/>.</param>
internal readonly record struct SpeechSpan(int From, int To)
{
    public int Length => To - From;
}
