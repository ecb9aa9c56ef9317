namespace Xunke.Actors.Live;

/// <summary>A room on the books.</summary>
/// <param name="RoomId">Unique in the district, such as "s01-304".</param>
/// <param name="SchoolId">Its school, such as "s01".</param>
/// <param name="Enrolled">Pupils on the books of its class, 0 or more.</param>
public sealed record RoomRegistration(string RoomId, string SchoolId, int Enrolled);
