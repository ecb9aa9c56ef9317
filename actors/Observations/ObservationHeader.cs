using Xunke.Actors.Forms;

namespace Xunke.Actors.Observations;

/// <summary>
/// What an observation is of, as it was then: nothing of it is typed, and it stays when the lesson, the teacher or the form is gone.
/// </summary>
/// <param name="SchoolName">The school.</param>
/// <param name="RoomName">The room.</param>
/// <param name="ClassName">The class by the timetable; null: not known.</param>
/// <param name="SubjectName">The subject by the timetable, in Chinese; null: not known.</param>
/// <param name="SubjectNameEn">The same in English.</param>
/// <param name="TeacherName">Who gave the lesson by the timetable; null: not known.</param>
/// <param name="Period">The number of its period; null: not known.</param>
/// <param name="Date">The day of the lesson, where the school is.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended; null: it was going on.</param>
/// <param name="LessonKind">What kind of lesson its teacher said it was; null: not said.</param>
/// <param name="Expected">Pupils on the books of the class; null: not known.</param>
/// <param name="Present">Pupils that were seen; null: not known.</param>
/// <param name="FormName">What the form was called, in Chinese.</param>
/// <param name="FormNameEn">The same in English.</param>
/// <param name="FormKind">What the form was for.</param>
public sealed record ObservationHeader(
    string SchoolName, string RoomName, string? ClassName, string? SubjectName, string? SubjectNameEn, string? TeacherName, int? Period,
    DateOnly Date, DateTimeOffset From, DateTimeOffset? To, string? LessonKind, int? Expected, int? Present, string FormName,
    string FormNameEn, FormKind FormKind);
