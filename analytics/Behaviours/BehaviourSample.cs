using System.Collections.Immutable;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>One person in one sample, after voting over the last seconds.</summary>
/// <param name="Seat">Number of the place, stable while the camera stays; -1 for somebody without a seat, such as the teacher.</param>
/// <param name="Confidence">Share of the vote, 0 to 1.</param>
/// <param name="TalksToNeighbour">Turned to a neighbour who turns back (生生互动); beside the behaviour.</param>
public sealed record ObservedPerson(
    int Seat, Behaviour Behaviour, float Confidence, Pose Pose, bool TalksToNeighbour = false, RoomPlace Place = RoomPlace.Unknown);

/// <summary>What one look at one room gave.</summary>
/// <param name="FrameWidth">Width of the analysed frame in pixels.</param>
/// <param name="FrameHeight">Height of the analysed frame in pixels.</param>
/// <param name="Teacher">Where the teacher is, over the last looks; null in lessons of earlier versions.</param>
/// <param name="Tamper">What is wrong with the picture; no people are reported if it <see cref="TamperExtensions.HidesClass"/>.</param>
public sealed record BehaviourSample(
    DateTimeOffset At,
    TimeSpan Interval,
    int FrameWidth,
    int FrameHeight,
    ImmutableArray<ObservedPerson> People,
    bool LowConfidence,
    TeacherPlace? Teacher = null,
    Tamper Tamper = Tamper.None);
