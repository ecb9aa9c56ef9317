namespace Xunke.Tests.Support.Speaking;

/// <summary>What a <see cref="SpokenLesson"/> is made of.</summary>
internal sealed record SpokenLessonPlan
{
    public required SpokenVoice Teacher { get; init; }

    public required IReadOnlyList<SpokenVoice> Pupils { get; init; }

    /// <summary>Length of the lesson.</summary>
    public int Seconds { get; init; } = 240;

    /// <summary>How often the teacher's words end in a question that a pupil answers, 0 to 1.</summary>
    public double QuestionShare { get; init; } = 0.6;

    /// <summary>Loudness of a pupil, in amplitudes of the teacher.</summary>
    public float PupilGain { get; init; } = 0.8f;

    /// <summary>Decibels between the teacher's speech and the noise.</summary>
    public float NoiseBelowSpeech { get; init; } = 10;

    public int Seed { get; init; } = 1;
}
