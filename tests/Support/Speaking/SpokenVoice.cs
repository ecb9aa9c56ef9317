namespace Xunke.Tests.Support.Speaking;

/// <summary>A voice of espeak-ng.</summary>
/// <param name="Name">Language and variant, such as "en-us+m3".</param>
/// <param name="Pitch">0 to 99.</param>
/// <param name="Speed">Words a minute.</param>
internal sealed record SpokenVoice(string Name, int Pitch, int Speed)
{
    /// <summary>Whether it speaks Chinese.</summary>
    public bool IsChinese => Name.StartsWith("cmn", StringComparison.Ordinal);
}
