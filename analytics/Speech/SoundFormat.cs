namespace Xunke.Analytics.Speech;

/// <summary>How sound comes in: floating-point samples from -1 to 1.</summary>
public static class SoundFormat
{
    /// <summary>Samples a second of each channel.</summary>
    public const int Rate = 16000;

    /// <summary>Samples that are judged at once: 32 ms.</summary>
    public const int Chunk = 512;

    public static TimeSpan ChunkTime { get; } = TimeSpan.FromSeconds((double)Chunk / Rate);
}
