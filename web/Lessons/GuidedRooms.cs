using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Lessons;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>Who may begin and end the lesson of which room.</summary>
internal sealed class GuidedRooms(SchoolBook book, TimetableBook timetable, TimeProvider time)
{
    /// <summary>The refusal where the caller may never; null: the lesson decides (<see cref="MayGuide"/>).</summary>
    public ProblemHttpResult? Refuse(string roomId, Caller caller)
    {
        RoomEntry? room = book.FindRoom(roomId);
        bool mayKnow = caller.May(Permission.GuideLessons, room?.SchoolId)
            || (caller.ReachOf(Permission.GuideLessons) is Reach.Own && room is not null);
        return !mayKnow ? Problems.Forbidden() : room is null ? Problems.UnknownRoom() : null;
    }

    /// <summary>Whether the caller may begin or end what goes on in a room.</summary>
    public bool MayGuide(string roomId, LessonNow now, Caller caller)
    {
        RoomEntry? room = book.FindRoom(roomId);
        return caller.May(Permission.GuideLessons, room?.SchoolId)
            || (caller.ReachOf(Permission.GuideLessons) is Reach.Own && room is not null
                && timetable.Names.OfAccount(caller.UserName) is { } own && own.Id == TeacherOf(room, now));
    }

    /// <summary>Of the lesson that goes on; where none does, of the one that the timetable has now.</summary>
    private string? TeacherOf(RoomEntry room, LessonNow now) =>
        now.LessonId is not null ? now.TeacherId : timetable.At(room.SchoolId, room.RoomId, time.GetUtcNow())?.Now?.TeacherId;
}
