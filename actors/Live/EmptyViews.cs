using Xunke.Analytics.Indices;

namespace Xunke.Actors.Live;

/// <summary>Views of what has not been heard of yet; any view that comes later has a higher sequence number.</summary>
internal static class EmptyViews
{
    /// <summary>A room that is offline.</summary>
    public static RoomView Room(RoomRegistration room, DateTimeOffset at) => new(
        room.RoomId, room.SchoolId, 0, at, ClassroomState.Offline, at, null, false, 0, room.Enrolled, 0, 0, 0, 0, 0, 0,
        new Figure(null, 0, 0, 0, IndexWindow.HeadUpFormula), new Figure(null, 0, 0, 0, IndexWindow.ParticipationFormula), 16d / 9, []);

    /// <summary>A school whose rooms are all offline.</summary>
    public static SchoolView School(SchoolRegistration school, DateTimeOffset at) => new(
        school.SchoolId, 0, at, school.Rooms.Length, 0, 0, 0, 0, new Figure(null, 0, 0, 0, IndexWindow.HeadUpFormula));
}
