using Xunke.Web.Changes;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Live;

/// <summary>Who may follow what: whoever may ask for it over HTTP.</summary>
internal static class TopicRights
{
    /// <summary>Whether the caller may be told that something has changed. A place that is not on the books changes for nobody.</summary>
    public static bool MayFollow(this Caller caller, Topic topic, string scope, SchoolBook book) => topic switch
    {
        Topic.Clock => scope.Length == 0 && caller.May(Permission.ManageClock),
        Topic.Outage => scope.Length == 0,
        Topic.Storage => scope.Length == 0 && caller.May(Permission.ManageRecordings),
        Topic.Cameras => book.FindSchool(scope) is not null && caller.May(Permission.ManageRooms, scope),
        Topic.Areas => book.FindRoom(scope) is { } room && caller.May(Permission.ManageRooms, room.SchoolId),
        Topic.Recording => book.FindRoom(scope) is { } room && caller.MaySee(room.SchoolId),
        Topic.Bookings => book.FindSchool(scope) is not null && (caller.May(Permission.AskForRecordings, scope) || caller.MaySee(scope)),
        Topic.Lesson => book.FindRoom(scope) is { } room
            && (caller.May(Permission.GuideLessons, room.SchoolId) || caller.ReachOf(Permission.GuideLessons) is Reach.Own
                || caller.May(Permission.Observe, room.SchoolId)),
        Topic.Observations => scope == caller.UserName
            ? caller.May(Permission.SeeLessons) : book.FindSchool(scope) is not null && caller.May(Permission.DecideAppeals, scope),
        Topic.Alerts => scope.Length == 0 && caller.May(Permission.SeeAlerts),
        Topic.Rectifications => scope.Length == 0 && caller.May(Permission.SeeRectifications),
        // That something has changed says nothing of what: each page asks for what its reader may see.
        Topic.Books => scope.Length == 0,
        Topic.Imports => scope == caller.UserName && caller.May(Permission.ManageBooks),
        _ => false,
    };
}
