using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Live;

/// <summary>One person of the seat map, packed for the wire.</summary>
/// <param name="Seat">Place in the room, or -1.</param>
/// <param name="Behaviour">The voted behaviour.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Joints">x, y of the first 13 joints (nose to hips) in thousandths of the frame's width and height; -1, -1 where a joint was not seen.</param>
public sealed record PoseView(int Seat, Behaviour Behaviour, int Confidence, ImmutableArray<int> Joints);

/// <summary>The whole live view of one room. Each one is complete: a later one replaces an earlier one.</summary>
/// <param name="RoomId">Such as "s01-304".</param>
/// <param name="SchoolId">Such as "s01".</param>
/// <param name="Sequence">Grows with every view of this room, also across restarts of its actor and of the server.</param>
/// <param name="At">When the view was made.</param>
/// <param name="State">Offline, live or stalled.</param>
/// <param name="StateSince">Since when.</param>
/// <param name="Fault">A code for what is wrong one of <see cref="RoomFaults"/> or, of an RTSP camera, of <see cref="Streaming.Rtsp.CameraFaults"/>; or null.</param>
/// <param name="LowConfidence">The view does not support the figures well.</param>
/// <param name="IntervalMilliseconds">The sampling interval in force; 0 before the first sample.</param>
/// <param name="Enrolled">Pupils on the books of the class in this room.</param>
/// <param name="People">People seen at a seat in the newest sample.</param>
/// <param name="HandsRaised">Of them, hands raised.</param>
/// <param name="Standing">Of them, standing.</param>
/// <param name="HeadsUp">Of them, head up.</param>
/// <param name="HeadsDown">Of them, head down.</param>
/// <param name="HeadsOnDesk">Of them, head on the desk.</param>
/// <param name="Unknown">Of them, not known.</param>
/// <param name="Teacher">Where the teacher is.</param>
/// <param name="HeadUpRate">Head-up rate over the window.</param>
/// <param name="Participation">Participation over the window.</param>
/// <param name="Aspect">Width over height of the analysed frame, to draw the poses.</param>
/// <param name="Poses">The seat map; empty unless live.</param>
public sealed record RoomView(
    string RoomId,
    string SchoolId,
    long Sequence,
    DateTimeOffset At,
    ClassroomState State,
    DateTimeOffset StateSince,
    string? Fault,
    bool LowConfidence,
    int IntervalMilliseconds,
    int Enrolled,
    int People,
    int HandsRaised,
    int Standing,
    int HeadsUp,
    int HeadsDown,
    int HeadsOnDesk,
    int Unknown,
    TeacherPlace Teacher,
    Figure HeadUpRate,
    Figure Participation,
    double Aspect,
    ImmutableArray<PoseView> Poses);
