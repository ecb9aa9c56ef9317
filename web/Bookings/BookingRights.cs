using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Identity;

namespace Xunke.Web.Bookings;

/// <summary>Who may ask for a recording, and who decides, by a school's rule.</summary>
internal static class BookingRights
{
    /// <summary>The rule of a school: what it has said, or what is usual.</summary>
    public static async Task<RecordingRule> RuleAsync(this RecordsContext records, string schoolId, CancellationToken cancellationToken) =>
        await records.RecordingRules.AsNoTracking().SingleOrDefaultAsync(rule => rule.SchoolId == schoolId, cancellationToken)
        ?? RecordingRule.Usual(schoolId);

    /// <summary>Whether the caller may ask at a school. Those who decide always may; another of them decides then.</summary>
    public static bool MayAsk(this Caller caller, RecordingRule rule) => caller.May(Permission.AskForRecordings, rule.SchoolId)
        && (caller.May(Permission.DecideRecordings, rule.SchoolId) || rule.Askers switch
        {
            RecordingAskers.TeachersAndInspectors => true,
            RecordingAskers.Teachers => caller.IsTeacher,
            RecordingAskers.Inspectors => !caller.IsTeacher,
            _ => false,
        });

    /// <summary>Whether the caller may decide about what others ask. About what the caller asked, somebody else decides.</summary>
    public static bool MayDecide(this Caller caller, Booking booking, RecordingRule rule) =>
        booking.UserName != caller.UserName && caller.Decides(rule);

    /// <summary>Whether the caller is one of those who decide at a school. The district's administrators always are.</summary>
    public static bool Decides(this Caller caller, RecordingRule rule) =>
        caller.May(Permission.DecideRecordings, rule.SchoolId)
        && (caller.ReachOf(Permission.DecideRecordings) is Reach.District || rule.Approval switch
        {
            RecordingApproval.Principal => caller.Role is Role.Principal,
            RecordingApproval.SchoolAdministrator => caller.Role is Role.SchoolAdministrator,
            RecordingApproval.District => false,
            _ => true,
        });

    // Inspectors visit rooms; teachers are in them.
    extension(Caller caller)
    {
        /// <summary>Whether the caller asks for own lessons only.</summary>
        public bool IsTeacher => !caller.May(Permission.DecideRecordings) && !caller.May(Permission.VisitRooms);
    }
}
