using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Schools;

/// <summary>Rooms as a caller may know of them.</summary>
internal static class KnownRooms
{
    /// <summary>Finds a room for which the caller has a permission: without another, watching.</summary>
    /// <param name="book">The books.</param>
    /// <param name="roomId">The room that is asked for.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="permission">What the caller wants to do.</param>
    /// <param name="room">The room, if there is no refusal.</param>
    /// <param name="refusal">
    /// 403 for a room of another school, and for one that does not exist where the caller may not see every school: or the others' rooms
    /// could be listed by asking. 404 otherwise.
    /// </param>
    public static bool TryFind(
        this SchoolBook book, string? roomId, Caller caller, [NotNullWhen(true)] out RoomEntry? room,
        [NotNullWhen(false)] out ProblemHttpResult? refusal, Permission permission = Permission.WatchRooms)
    {
        room = roomId is null ? null : book.FindRoom(roomId);
        refusal = caller.May(permission, room?.SchoolId) ? room is null ? Problems.UnknownRoom() : null : Problems.Forbidden();
        return refusal is null;
    }
}
