using Xunke.Actors.Live;

namespace Xunke.Actors.Classrooms;

/// <summary>Views of what has not been heard of yet; any view that comes later has a higher sequence number.</summary>
internal static class EmptyViews
{
    /// <summary>A room that is offline.</summary>
    public static RoomView Room(RoomRegistration room, DateTimeOffset at) =>
        RoomViews.Of(room, 0, at, ClassroomState.Offline, at, null, new ClassroomFigures(room.Enrolled, TimeSpan.Zero));

    /// <summary>A school whose rooms are all offline.</summary>
    public static SchoolView School(SchoolRegistration school, DateTimeOffset at) => new(
        school.SchoolId, 0, at, school.Rooms.Length, 0, 0, 0, 0, 0, ClassroomFigures.NoHeadUpRate);
}
