using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Alerts;

/// <summary>What the rules need of a room's view.</summary>
/// <param name="At">When the view was made.</param>
/// <param name="State">Whether the camera can be seen.</param>
/// <param name="StateSince">Since when.</param>
/// <param name="Fault">What is wrong, or null.</param>
/// <param name="IsSure">The figures say something: the room is live, was looked at, and its view supports them.</param>
/// <param name="Enrolled">Pupils on the books of the room.</param>
/// <param name="People">People seen at seats.</param>
/// <param name="Teacher">Where the teacher is.</param>
internal readonly record struct RoomGlance(
    DateTimeOffset At, ClassroomState State, DateTimeOffset StateSince, string? Fault, bool IsSure, int Enrolled, int People,
    TeacherPlace Teacher)
{
    /// <summary>Older views say nothing of now.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);

    /// <summary>Of a view.</summary>
    public static RoomGlance Of(RoomView view) => new(
        view.At, view.State, view.StateSince, view.Fault,
        view is { State: ClassroomState.Live, LowConfidence: false, IntervalMilliseconds: > 0, Fault: null or RoomFaults.OverEnrolment },
        view.Enrolled, view.People, view.Teacher);

    /// <summary>Whether the figures say something of an instant.</summary>
    public bool IsSureAt(DateTimeOffset at) => IsSure && at - At <= Oldest;

    /// <summary>Whether no picture comes.</summary>
    public bool IsLost => State is ClassroomState.Offline or ClassroomState.Stalled;
}
