namespace Xunke.Actors.Bookings;

/// <summary>What keeps a booking from being recorded, or made it a no-show.</summary>
public static class BookingFaults
{
    /// <summary>Nobody decided in time.</summary>
    public const string Undecided = "undecided";

    /// <summary>Something else is, or was, recorded in the room.</summary>
    public const string RoomIsRecorded = "room-is-recorded";

    /// <summary>The disk is full.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>The district does not record lessons.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>The server was off in all of its time.</summary>
    public const string ServerOff = "server-off";

    /// <summary>The camera sent no picture in all of its time.</summary>
    public const string CameraOff = "camera-off";

    /// <summary>The camera sent, and nobody was in the room.</summary>
    public const string RoomEmpty = "room-empty";
}
