using System.Collections.Immutable;

namespace Xunke.Streaming.Recording;

/// <summary>What a recording made before the server was restarted. It goes on behind that, in parts of their own.</summary>
/// <param name="BeganAt">When the recording began: its parts are placed from here.</param>
/// <param name="LastNumber">The highest number that a file in its folder has; 0 or more.</param>
/// <param name="Parts">The files that can be played, in order.</param>
/// <param name="Faults">What has been wrong with it, as <see cref="RecordingFaults"/> names it.</param>
public sealed record EarlierParts(DateTimeOffset BeganAt, int LastNumber, ImmutableArray<RecordedPart> Parts, ImmutableArray<string> Faults)
{
    /// <summary>From the start of the recording to the end of its last file.</summary>
    public TimeSpan Length => Parts.Select(part => part.Offset + part.File.Length).DefaultIfEmpty().Max();

    /// <summary>How far the recording has come at a time of day. Where clocks were set back meanwhile, parts do not overlap for
    /// that.</summary>
    public TimeSpan Since(DateTimeOffset now) => now - BeganAt > Length ? now - BeganAt : Length;
}
