using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Classrooms;

/// <summary>What the room remembers is loaded.</summary>
/// <param name="Memory">What was saved last, or null where nothing was.</param>
/// <param name="Failure">What went wrong with the loading, or null.</param>
internal sealed record MemoryLoaded(ClassroomMemory? Memory, Exception? Failure) : ClassroomMessage, IToSelf;

/// <summary>The room's own timers.</summary>
internal sealed record TimerDue(RoomTimer Timer) : ClassroomMessage, IToSelf;

/// <summary>Names the timers of a room.</summary>
internal enum RoomTimer
{
    /// <summary>Look whether a picture has come lately.</summary>
    Picture,

    /// <summary>No publisher has come in place of the one that was replaced.</summary>
    Replacement,

    /// <summary>A view that was held back is due.</summary>
    View,

    /// <summary>Save what should outlive a restart.</summary>
    Save,
}
