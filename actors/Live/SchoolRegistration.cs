using System.Collections.Immutable;

namespace Xunke.Actors.Live;

/// <summary>A school on the books, with its rooms in the order of the books.</summary>
/// <param name="SchoolId">Unique in the district, such as "s01".</param>
/// <param name="Rooms">Its rooms.</param>
public sealed record SchoolRegistration(string SchoolId, ImmutableArray<RoomRegistration> Rooms);
