namespace Xunke.Analytics.Speech;

/// <summary>How the teacher's voice was told from the pupils'.</summary>
public enum SeparationMethod
{
    /// <summary>Nobody was heard.</summary>
    None,

    /// <summary>Only one voice was heard; it is taken to be the teacher's.</summary>
    OneVoice,

    /// <summary>By what the voices sound like, on one channel.</summary>
    Voices,

    /// <summary>By which of two microphones hears more of a voice.</summary>
    Channels,
}
