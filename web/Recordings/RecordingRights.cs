using Xunke.Actors.Recordings;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Recordings;

/// <summary>Who may record, and stop: what <see cref="Permissions"/> says, as far as the district records at all.</summary>
internal static class RecordingRights
{
    /// <summary>Whether the caller may record a room during an own visit to it.</summary>
    public static bool MayRecordVisit(RecordingSettings settings) => settings.DuringVisits;

    /// <summary>Whether the caller may record a lesson in a room without visiting it.</summary>
    public static bool MayRecordLesson(Caller caller, string schoolId, RecordingSettings settings) =>
        settings.Lessons && caller.May(Permission.RecordLessons, schoolId);

    /// <summary>Whether the caller may end a recording that lasts.</summary>
    public static bool MayStop(Caller caller, Recording recording) =>
        recording.UserName == caller.UserName || caller.May(Permission.StopRecordings, recording.SchoolId);
}
