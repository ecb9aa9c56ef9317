using System.Collections.Immutable;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>One person in one sample, after voting over the last seconds.</summary>
/// <param name="Seat">Number of the place in this room, stable while the camera stays; a place, not a child. -1 for someone without a seat (a teacher walking).</param>
/// <param name="Behaviour">The voted behaviour.</param>
/// <param name="Confidence">Share of the vote, 0 to 1.</param>
/// <param name="Pose">The pose in this sample.</param>
/// <param name="TalksToNeighbour">Turned to a neighbour who is turned back, over the last looks (生生互动). Beside the behaviour, not instead of it.</param>
/// <param name="Place">Where in the room, by the areas that an administrator has drawn.</param>
public sealed record ObservedPerson(
    int Seat, Behaviour Behaviour, float Confidence, Pose Pose, bool TalksToNeighbour = false, RoomPlace Place = RoomPlace.Unknown);

/// <summary>What one look at one room gave.</summary>
/// <param name="At">When the analysed picture left the decoder.</param>
/// <param name="Interval">The sampling interval in force, part of every figure.</param>
/// <param name="FrameWidth">Width of the analysed frame in pixels.</param>
/// <param name="FrameHeight">Height of the analysed frame in pixels.</param>
/// <param name="People">Everyone seen, seats first.</param>
/// <param name="LowConfidence">True where the view does not support the rules (a rear camera, hardly any faces).</param>
/// <param name="Teacher">Where the teacher is, over the last looks; null where nobody looked for it, as in lessons kept by earlier versions.</param>
/// <param name="Tamper">What is wrong with the picture; nobody is seen in one that <see cref="TamperExtensions.HidesClass"/>.</param>
public sealed record BehaviourSample(
    DateTimeOffset At,
    TimeSpan Interval,
    int FrameWidth,
    int FrameHeight,
    ImmutableArray<ObservedPerson> People,
    bool LowConfidence,
    TeacherPlace? Teacher = null,
    Tamper Tamper = Tamper.None);
