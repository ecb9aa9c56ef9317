using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Alerts;

/// <summary>Reads a room's situation by a rule. Where the camera does not see well the figures say nothing, neither way.</summary>
internal static class AlertConditions
{
    /// <summary>Fewer are no class that waits for a teacher.</summary>
    private const int FewestPupils = 3;

    private const int SharePercent = 20;

    /// <summary>A camera that has been gone for longer was taken away.</summary>
    private static readonly TimeSpan LongestLost = TimeSpan.FromDays(7);

    /// <summary>What is seen of a rule's condition.</summary>
    public static Reading Read(AlertRule rule, in RoomSituation room) => !rule.IsOn ? Reading.Meaningless : rule.Kind switch
    {
        AlertKind.TeacherAbsent => InLesson(room, TeacherAbsent(rule, room)),
        AlertKind.RoomEmpty => InLesson(room, RoomEmpty(rule, room)),
        AlertKind.UnplannedUse => UnplannedUse(rule, room),
        AlertKind.TooManyPeople => InLesson(room, TooMany(rule, room)),
        AlertKind.TooFewPeople => InLesson(room, TooFew(rule, room)),
        AlertKind.CameraLost => CameraLost(room),
        AlertKind.CameraDark => View(room, RoomFaults.ViewDark),
        AlertKind.CameraCovered => View(room, RoomFaults.ViewCovered),
        AlertKind.CameraBlurred => View(room, RoomFaults.ViewBlurred),
        AlertKind.CameraFrozen => View(room, RoomFaults.ViewFrozen),
        AlertKind.CameraMoved => View(room, RoomFaults.ViewMoved),
        _ => Reading.Meaningless,
    };

    private static Reading InLesson(in RoomSituation room, Reading reading) =>
        !room.HasLesson ? Reading.Meaningless : room.Glance.IsSureAt(room.At) ? reading : Reading.Unclear;

    private static Reading TeacherAbsent(AlertRule rule, in RoomSituation room)
    {
        if (room.WasTeacherSeen)
        {
            return Reading.Clear;
        }

        // Who began to look after the bell must look for as long before saying that nobody came.
        var from = room.Lesson is { } lesson && lesson.From > room.WatchedSince ? lesson.From : room.WatchedSince;
        return room.At >= from + TimeSpan.FromMinutes(rule.RaiseAt) && room.Glance.Teacher == TeacherPlace.Unknown
            && room.Glance.People >= Math.Max(FewestPupils, Percent(room.Enrolled, SharePercent))
                ? Reading.Raise : Reading.Unclear;
    }

    private static Reading RoomEmpty(AlertRule rule, in RoomSituation room) =>
        room.Glance.People <= rule.RaiseAt ? Reading.Raise
        : room.Glance.People >= Percent(room.Enrolled, rule.ClearAt) ? Reading.Clear
        : Reading.Unclear;

    private static Reading TooMany(AlertRule rule, in RoomSituation room) =>
        room.Enrolled <= 0 ? Reading.Unclear
        : room.Glance.People >= room.Enrolled + rule.RaiseAt ? Reading.Raise
        : room.Glance.People <= room.Enrolled + rule.ClearAt ? Reading.Clear
        : Reading.Unclear;

    /// <summary>An almost empty room is another kind's.</summary>
    private static Reading TooFew(AlertRule rule, in RoomSituation room) =>
        room.Enrolled <= 0 || room.Glance.People < FewestPupils ? Reading.Unclear
        : room.Glance.People * 100 < room.Enrolled * rule.RaiseAt ? Reading.Raise
        : room.Glance.People * 100 >= room.Enrolled * rule.ClearAt ? Reading.Clear
        : Reading.Unclear;

    /// <summary>Where a lesson was cancelled or moved away, its class may still be in its room.</summary>
    private static Reading UnplannedUse(AlertRule rule, in RoomSituation room) =>
        room.Plan is not { Now: null, Usual: null, Period.Period.Kind: PeriodKind.Lesson } ? Reading.Meaningless
        : !room.Glance.IsSureAt(room.At) ? Reading.Unclear
        : room.Glance.People > rule.RaiseAt ? Reading.Raise
        : room.Glance.People <= rule.ClearAt ? Reading.Clear
        : Reading.Unclear;

    private static Reading CameraLost(in RoomSituation room) =>
        !room.Glance.IsLost ? Reading.Clear
        : room.IsInGrace || room.IsSchoolLost || !room.HadCamera || !room.IsInSchoolHours
            || room.At - room.Glance.StateSince > LongestLost ? Reading.Unclear
        : Reading.Raise;

    private static Reading View(in RoomSituation room, string fault) =>
        room.Glance.State != ClassroomState.Live ? Reading.Unclear
        : room.Glance.Fault == fault ? room.HasLesson ? Reading.Raise : Reading.Unclear
        : room.Glance.IsSureAt(room.At) ? Reading.Clear
        : Reading.Unclear;

    /// <summary>Rounded up, so that a share of a class is never nobody.</summary>
    private static int Percent(int of, int percent) => (of * percent + 99) / 100;
}
