namespace Xunke.Tests.Support;

/// <summary>What one direction of a network path does to datagrams, as netem would; perfect unless told otherwise.</summary>
internal sealed record PathConditions
{
    public static PathConditions Perfect { get; } = new();

    /// <summary>The share of RTP and RTCP datagrams that is lost, 0..1. STUN and DTLS pass, so that a test starts when it should.</summary>
    public double Loss { get; init; }

    /// <summary>How long every datagram takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Each datagram takes up to so much more or less than <see cref="Delay"/>, evenly spread.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Whether a datagram waits for those before it, as in a queue; otherwise jitter reorders them.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>The rate at which datagrams leave, their UDP and IP headers counted; 0 for no limit.</summary>
    public long BitsPerSecond { get; init; }

    /// <summary>How long a datagram may wait for its turn under <see cref="BitsPerSecond"/>; one that would wait longer is lost.</summary>
    public TimeSpan Queue { get; init; } = TimeSpan.FromMilliseconds(200);
}
