namespace Xunke.Actors.Visits;

/// <summary>How the picture has been in one browser since its session began, as the browser counts (webrtc-stats).</summary>
/// <param name="Freezes">Times that it stood still; 0 or more.</param>
/// <param name="FrozenSeconds">How long in all; 0 or more.</param>
public sealed record Playback(long Freezes, double FrozenSeconds)
{
    /// <summary>Nothing yet.</summary>
    public static Playback None { get; } = new(0, 0);

    /// <summary>Whether a browser can have counted so.</summary>
    public bool IsSound => Freezes is >= 0 and <= 1_000_000 && FrozenSeconds is >= 0 and <= 1_000_000;

    /// <summary>What is new since an earlier report; everything where this one comes from a new session.</summary>
    public Playback Since(Playback earlier) => Freezes < earlier.Freezes || FrozenSeconds < earlier.FrozenSeconds
        ? this
        : new Playback(Freezes - earlier.Freezes, FrozenSeconds - earlier.FrozenSeconds);
}
