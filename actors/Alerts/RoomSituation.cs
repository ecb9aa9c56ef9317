using Xunke.Actors.Timetable;

namespace Xunke.Actors.Alerts;

/// <summary>Everything that the rules of a room look at, at one instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Glance">What is seen.</param>
/// <param name="Plan">What the timetable has; null: the school has no day plan.</param>
/// <param name="Enrolled">Pupils on the books of the class that is there, or of the room; 0: not known.</param>
/// <param name="IsElsewhere">The subject is one that classes go elsewhere for.</param>
/// <param name="WatchedSince">Since when the room is seen without a gap.</param>
/// <param name="WasTeacherSeen">Whether the teacher was seen in this lesson.</param>
/// <param name="HadCamera">Whether the room has, or lately had, a camera.</param>
/// <param name="IsInGrace">The server has just started: cameras need a while to come back.</param>
/// <param name="IsSchoolLost">The whole school's cameras are lost, which is told once.</param>
internal readonly record struct RoomSituation(
    DateTimeOffset At, RoomGlance Glance, RoomPlan? Plan, int Enrolled, bool IsElsewhere, DateTimeOffset WatchedSince,
    bool WasTeacherSeen, bool HadCamera, bool IsInGrace, bool IsSchoolLost)
{
    /// <summary>A break between periods belongs to the school's hours, a long noon does not.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(30);

    /// <summary>The lesson that is to be in the room.</summary>
    public PlannedLesson? Lesson => Plan?.Now;

    /// <summary>Whether a lesson is to be in this room, rather than in the playground.</summary>
    public bool HasLesson => Lesson is not null && !IsElsewhere;

    /// <summary>Whether the school has a period, or soon will.</summary>
    public bool IsInSchoolHours => IsIn(Plan, At);

    /// <summary>Whether a school has a period, or soon will.</summary>
    public static bool IsIn(RoomPlan? plan, DateTimeOffset at) =>
        plan is not null && (plan.Now is not null || plan.Period is not null || plan.NextPeriod?.From - at <= Lead);
}
