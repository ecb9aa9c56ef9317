namespace Xunke.Analytics.Speech;

/// <summary>How the teacher's voice was told from the pupils'.</summary>
public enum SeparationMethod
{
    None,

    /// <summary>Only one voice was heard; it is taken to be the teacher's.</summary>
    OneVoice,

    Voices,

    /// <summary>By which of two microphones hears more of a voice.</summary>
    Channels,
}
