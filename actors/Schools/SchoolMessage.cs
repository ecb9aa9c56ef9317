using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;

namespace Xunke.Actors.Schools;

/// <summary>What a <see cref="SchoolActor"/> understands.</summary>
internal abstract record SchoolMessage;

/// <summary>A room's newest view; it replaces one of the same room that waits.</summary>
/// <param name="View">The view.</param>
internal sealed record RoomChanged(RoomView View) : SchoolMessage;

/// <summary>A question for the newest view of one room; an unknown room is answered with null.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Reply">Gets the view.</param>
internal sealed record GetRoom(string RoomId, ReplyTo<RoomView?> Reply) : SchoolMessage;

/// <summary>A question for the newest view of every room, in the order of the books.</summary>
/// <param name="Reply">Gets the views.</param>
internal sealed record GetRooms(ReplyTo<ImmutableArray<RoomView>> Reply) : SchoolMessage;

/// <summary>A question for the actors of the rooms.</summary>
/// <param name="Reply">Gets them by room id.</param>
internal sealed record GetRoomActors(ReplyTo<ImmutableDictionary<string, ActorRef<ClassroomMessage>>> Reply) : SchoolMessage;

/// <summary>Tell the district the present view again.</summary>
internal sealed record RepeatSchoolView : SchoolMessage;

/// <summary>A view that was held back is due.</summary>
internal sealed record SchoolViewDue : SchoolMessage;
