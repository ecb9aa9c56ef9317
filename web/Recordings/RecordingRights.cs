using Xunke.Actors.Persistence;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Recordings;

/// <summary>
/// Who may record, see, stop and delete. Administrators: everything. A principal: what was recorded in the own school.
/// An inspector: what the inspector recorded, which is always during an own visit.
/// </summary>
internal static class RecordingRights
{
    /// <summary>Whether the caller may record a room during an own visit to it.</summary>
    public static bool MayRecordVisit(RecordingSettings settings) => settings.DuringVisits;

    /// <summary>Whether the caller may record a lesson in a room without visiting it.</summary>
    public static bool MayRecordLesson(Caller caller, string schoolId, RecordingSettings settings) =>
        settings.Lessons && (caller.Role is Role.Administrator || IsPrincipalOf(caller, schoolId));

    /// <summary>Whether the caller may see and play a recording.</summary>
    public static bool MaySee(Caller caller, Recording recording) =>
        caller.Role is Role.Administrator || IsPrincipalOf(caller, recording.SchoolId)
        || (caller.Role is Role.Inspector && recording.UserName == caller.UserName);

    /// <summary>Whether the caller may end a recording that lasts.</summary>
    public static bool MayStop(Caller caller, Recording recording) =>
        recording.UserName == caller.UserName || caller.Role is Role.Administrator || IsPrincipalOf(caller, recording.SchoolId);

    /// <summary>The recordings that the caller may see: <see cref="MaySee"/> for the database.</summary>
    public static IQueryable<Recording> Visible(this IQueryable<Recording> recordings, Caller caller) => caller.Role switch
    {
        Role.Administrator => recordings,
        Role.Principal => recordings.Where(recording => recording.SchoolId == caller.SchoolId),
        _ => recordings.Where(recording => recording.UserName == caller.UserName),
    };

    private static bool IsPrincipalOf(Caller caller, string schoolId) =>
        caller.Role is Role.Principal && string.Equals(caller.SchoolId, schoolId, StringComparison.Ordinal);
}
