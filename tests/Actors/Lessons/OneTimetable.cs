using Xunke.Actors.Lessons;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>The timetable of the only school; null: it has none.</summary>
internal sealed class OneTimetable(SchoolTimetable? school) : ITimetable
{
    public SchoolTimetable? School { get; set; } = school;

    public RoomPlan? At(string schoolId, string roomId, DateTimeOffset at) =>
        School is { HasPeriods: true } one ? one.At(roomId, at) : null;

    public Dictionary<string, int> Enrolled { get; } = [];

    public int? EnrolledOf(string classId) => Enrolled.TryGetValue(classId, out var enrolled) ? enrolled : null;
}
