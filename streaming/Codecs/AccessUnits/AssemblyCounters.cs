namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>What became of a room's packets.</summary>
internal struct AssemblyCounters
{
    /// <summary>Pictures handed on.</summary>
    public long Pictures;

    /// <summary>Pictures dropped because packets of them were lost.</summary>
    public long Damaged;

    /// <summary>Pictures dropped because a payload broke the rules of its format.</summary>
    public long Malformed;

    /// <summary>Pictures dropped because they grew above the bound.</summary>
    public long Oversized;

    /// <summary>Whole pictures dropped while waiting for a key frame.</summary>
    public long Skipped;
}
