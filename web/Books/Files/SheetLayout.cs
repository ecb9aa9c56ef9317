namespace Xunke.Web.Books.Files;

/// <summary>How a timetable is laid out; follows from what its headers say.</summary>
internal enum SheetLayout
{
    /// <summary>A row for each lesson.</summary>
    List,

    /// <summary>Of one class: periods down, weekdays across.</summary>
    ClassGrid,

    /// <summary>Of one class: weekdays down, periods across.</summary>
    ClassGridTransposed,

    /// <summary>Of one teacher: periods and weekdays, either way; the cells name classes.</summary>
    TeacherGrid,

    /// <summary>Of one room: periods and weekdays, either way; the cells name classes.</summary>
    RoomGrid,

    /// <summary>Of all classes: a row for each class, weekdays and periods across.</summary>
    SchoolGrid,

    /// <summary>Of all classes: a column for each class, weekdays and periods down.</summary>
    SchoolGridTransposed,

    /// <summary>Of all teachers: a row or column for each; the cells name classes.</summary>
    AllTeachersGrid,
}
