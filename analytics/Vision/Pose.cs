using System.Collections.Immutable;

namespace Xunke.Analytics.Vision;

/// <summary>One person found in one frame.</summary>
/// <param name="Box">The model's box, in pixels of the analysed frame.</param>
/// <param name="Score">Height of the centre peak, 0 to 1.</param>
/// <param name="Keypoints">17 keypoints indexed by <see cref="Joint"/>.</param>
/// <param name="Posture">What the posture network says; null where it was not asked.</param>
public sealed record Pose(Box Box, float Score, ImmutableArray<Keypoint> Keypoints, Posture? Posture = null)
{
    public Keypoint this[Joint joint] => Keypoints[(int)joint];
}
