using Xunke.Actors.Lessons;
using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>A lesson of 40 minutes on record, with a look each two seconds.</summary>
internal static class TapedLesson
{
    /// <summary>Makes one.</summary>
    /// <param name="bell">When it begins.</param>
    /// <param name="seen">What is seen in a minute of it.</param>
    /// <param name="isPlanned">Whether the timetable had it.</param>
    /// <param name="schoolId">The school.</param>
    public static Lesson Of(DateTimeOffset bell, Func<int, BehaviourSample> seen, bool isPlanned = true, string schoolId = "s01")
    {
        var tape = new SampleTape(bell);
        for (var second = 0; second < 40 * 60; second += 2)
        {
            tape.Add(seen(second / 60) with { At = bell.AddSeconds(second) });
        }

        return new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = $"{schoolId}-101",
            SchoolId = schoolId,
            From = bell,
            To = bell.AddMinutes(40),
            Ended = true,
            EntryId = isPlanned ? Guid.NewGuid() : null,
            ClassId = "c1",
            SubjectId = "math",
            Period = 1,
            PlannedFrom = bell,
            PlannedTo = bell.AddMinutes(40),
            Enrolled = 40,
            Samples = tape.ToArray(),
        };
    }
}
