namespace Xunke.Actors.Live;

/// <summary>Whether a room's camera can be seen.</summary>
public enum ClassroomState
{
    /// <summary>No publisher is connected.</summary>
    Offline,

    /// <summary>Pictures arrive.</summary>
    Live,

    /// <summary>A publisher is connected, but no picture has come for some seconds.</summary>
    Stalled,

    /// <summary>A publisher is connected, but the room has no lesson: its pictures are neither decoded nor analysed.</summary>
    Resting,
}
