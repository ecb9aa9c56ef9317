using Xunke.Actors.Timetable;

namespace Xunke.Web.Dashboards;

/// <summary>How a lesson of today began.</summary>
internal enum LessonBeginning
{
    /// <summary>Its bell has not rung.</summary>
    Ahead,

    /// <summary>It goes on: how it began is told when it is over.</summary>
    Going,

    /// <summary>Its class was seen within <see cref="DayLesson.OnTimeMinutes"/> of the bell.</summary>
    OnTime,

    /// <summary>Its class was first seen later.</summary>
    Late,

    /// <summary>It is over, and nothing was seen of it: nobody was there, or no camera could tell.</summary>
    Unseen,

    /// <summary>It is cancelled, or held in no room on the books.</summary>
    Away,
}

/// <summary>A lesson of the timetable on a date, with what is on record of it. MinutesLate: from the bell to the class that was first
/// seen; null where nothing is on record.</summary>
internal sealed record DayLesson(
    Guid? LessonId, string? RoomId, string? RoomName, HourLesson Lesson, LessonBeginning Beginning, double? MinutesLate)
{
    /// <summary>A class that is seen so soon after the bell has begun on time: the first five minutes are the customary measure.</summary>
    public const int OnTimeMinutes = 5;

    /// <summary>How a planned lesson began.</summary>
    /// <param name="lesson">By the timetable.</param>
    /// <param name="begunAt">When its class was first seen; null: nothing is on record.</param>
    /// <param name="now">The time.</param>
    public static LessonBeginning BeginningOf(PlannedLesson lesson, DateTimeOffset? begunAt, DateTimeOffset now) =>
        lesson.State is not LessonState.Held || lesson.RoomId is null ? LessonBeginning.Away
        : begunAt is { } at ? at - lesson.From <= TimeSpan.FromMinutes(OnTimeMinutes) ? LessonBeginning.OnTime : LessonBeginning.Late
        : now < lesson.From ? LessonBeginning.Ahead
        : now < lesson.To ? LessonBeginning.Going
        : LessonBeginning.Unseen;
}

/// <summary>The lessons of a date, in their order.</summary>
internal sealed record SchoolDay(string SchoolId, DateOnly Date, int OnTimeMinutes, DayLesson[] Lessons);
