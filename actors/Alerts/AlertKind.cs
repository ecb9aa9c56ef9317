namespace Xunke.Actors.Alerts;

/// <summary>What an alert (预警) is about. Each has one rule in the district.</summary>
public enum AlertKind
{
    /// <summary>Pupils are there, and no teacher has been seen since the bell.</summary>
    TeacherAbsent,

    /// <summary>The timetable has a lesson in the room, and almost nobody is there.</summary>
    RoomEmpty,

    /// <summary>People are in a room in which the timetable has nothing during a period of lessons.</summary>
    UnplannedUse,

    /// <summary>More people than are on the books.</summary>
    TooManyPeople,

    /// <summary>Fewer people than are on the books.</summary>
    TooFewPeople,

    /// <summary>A camera that was there sends no picture in hours that need it.</summary>
    CameraLost,

    /// <summary>The view is too dark in a lesson.</summary>
    CameraDark,

    /// <summary>Something covers the camera in a lesson.</summary>
    CameraCovered,

    /// <summary>The view is out of focus in a lesson.</summary>
    CameraBlurred,

    /// <summary>The same picture comes again and again in a lesson.</summary>
    CameraFrozen,

    /// <summary>The camera was moved in a lesson.</summary>
    CameraMoved,

    /// <summary>Many cameras of a school were lost within seconds: its network or its power.</summary>
    SchoolOffline,
}

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>To know.</summary>
    Info,

    /// <summary>When there is time.</summary>
    Low,

    /// <summary>In this lesson.</summary>
    Medium,

    /// <summary>Now.</summary>
    High,
}

/// <summary>The hours in which a kind counts.</summary>
public enum AlertHours
{
    /// <summary>While the room has a lesson by the timetable; what is raised ends with the lesson.</summary>
    Lesson,

    /// <summary>While the school has a period of lessons and this room has none.</summary>
    FreePeriod,

    /// <summary>Raised only in a lesson; it ends when the view is good again.</summary>
    RaisedInLesson,

    /// <summary>Raised from half an hour before a period to its end; it ends when the camera is back.</summary>
    RaisedInSchoolHours,
}

/// <summary>What is fixed about the kinds.</summary>
public static class AlertKinds
{
    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<AlertKind> All { get; } = Enum.GetValues<AlertKind>();

    /// <summary>The kinds of a room, in their order; the others are a school's.</summary>
    public static IReadOnlyList<AlertKind> OfRooms { get; } = [.. All.Where(kind => kind != AlertKind.SchoolOffline)];

    /// <summary>When a kind counts.</summary>
    public static AlertHours HoursOf(AlertKind kind) => kind switch
    {
        AlertKind.TeacherAbsent or AlertKind.RoomEmpty or AlertKind.TooManyPeople or AlertKind.TooFewPeople => AlertHours.Lesson,
        AlertKind.UnplannedUse => AlertHours.FreePeriod,
        AlertKind.CameraLost or AlertKind.SchoolOffline => AlertHours.RaisedInSchoolHours,
        _ => AlertHours.RaisedInLesson,
    };

    /// <summary>Whether an alert ends when its hours do, whatever is seen.</summary>
    public static bool EndsWithHours(AlertKind kind) => HoursOf(kind) is AlertHours.Lesson or AlertHours.FreePeriod;
}
