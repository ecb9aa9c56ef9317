namespace Xunke.Analytics.Speech;

/// <summary>Who is heard. All pupils are one side; they are not told apart.</summary>
public enum Speaker
{
    /// <summary>The voice that is heard most, or the one at the teacher's microphone.</summary>
    Teacher,

    Pupils,
}
