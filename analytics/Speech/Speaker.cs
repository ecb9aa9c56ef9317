namespace Xunke.Analytics.Speech;

/// <summary>Who is heard. Pupils are one side of the conversation: none is told from another in what is kept.</summary>
public enum Speaker
{
    /// <summary>The voice that is heard most, or the one at the teacher's microphone.</summary>
    Teacher,

    /// <summary>Any other voice, or several at once.</summary>
    Pupils,
}
