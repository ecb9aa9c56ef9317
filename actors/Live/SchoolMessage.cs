using System.Collections.Immutable;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Live;

/// <summary>What a school understands.</summary>
internal abstract record SchoolMessage;

/// <summary>A room's newest view; it replaces one of the same room that waits.</summary>
/// <param name="View">The view.</param>
internal sealed record RoomChanged(RoomView View) : SchoolMessage, INewestWins
{
    string INewestWins.Key => View.RoomId;
}

/// <summary>A question for the newest view of one room.</summary>
/// <param name="RoomId">The room.</param>
internal sealed record GetRoom(string RoomId) : SchoolMessage, IQuestion<SchoolMessage, RoomFound>;

/// <summary>The answer to <see cref="GetRoom"/>.</summary>
/// <param name="View">The view, or null where the school has no such room.</param>
internal sealed record RoomFound(RoomView? View);

/// <summary>A question for the newest view of every room, in the order of the books.</summary>
internal sealed record GetRooms : SchoolMessage, IQuestion<SchoolMessage, ImmutableArray<RoomView>>;

/// <summary>Tell the district the present view again.</summary>
internal sealed record RepeatSchoolView : SchoolMessage;

/// <summary>A view that was held back is due.</summary>
internal sealed record SchoolViewDue : SchoolMessage, IToSelf;

/// <summary>The books say something new of the school.</summary>
/// <param name="School">What they say now.</param>
internal sealed record SchoolRegistered(SchoolRegistration School) : SchoolMessage;
