namespace Xunke.Actors.Bookings;

/// <summary>What has become of a wish to record.</summary>
public enum BookingState
{
    /// <summary>Somebody has asked; nobody has decided.</summary>
    Asked,

    /// <summary>It may be recorded, and is as soon as its time comes.</summary>
    Approved,

    /// <summary>It may not be recorded.</summary>
    Refused,

    /// <summary>Whoever asked no longer wants it.</summary>
    Withdrawn,

    /// <summary>Its time went by before somebody decided, or without a recording having begun.</summary>
    Expired,

    /// <summary>It is being recorded.</summary>
    Recording,

    /// <summary>It was recorded.</summary>
    Recorded,

    /// <summary>It was booked and recorded, and nobody was seen in the room in all that time.</summary>
    NoShow,
}
