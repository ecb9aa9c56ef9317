namespace Xunke.Streaming.Transport.Ice;

/// <summary>What a controlling agent's connectivity check says (RFC 8445 section 7.2.2).</summary>
public readonly ref struct IceCheck
{
    /// <summary>The other side's ufrag, a colon, the own ufrag, in UTF-8.</summary>
    public required ReadOnlySpan<byte> Username { get; init; }

    /// <summary>The priority of the own peer-reflexive candidate (RFC 8445 section 5.1.2).</summary>
    public required uint Priority { get; init; }

    /// <summary>A random number that stays the same for the session.</summary>
    public required ulong TieBreaker { get; init; }

    /// <summary>Whether the pair is nominated.</summary>
    public bool UseCandidate { get; init; }
}
