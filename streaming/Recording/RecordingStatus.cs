using System.Collections.Immutable;

namespace Xunke.Streaming.Recording;

/// <summary>How a recording is at one moment.</summary>
/// <param name="Length">From its start to the end of what was recorded.</param>
/// <param name="Bytes">On the disk.</param>
/// <param name="IsReceiving">Pictures, or sound where that is all there is, are being recorded now.</param>
/// <param name="HasFailed">The disk could not be written: the recording must be stopped.</param>
/// <param name="Parts">The complete files, in order.</param>
/// <param name="Faults">What has been wrong with it, as <see cref="RecordingFaults"/> names it.</param>
public sealed record RecordingStatus(
    TimeSpan Length, long Bytes, bool IsReceiving, bool HasFailed, ImmutableArray<RecordedPart> Parts, ImmutableArray<string> Faults);
