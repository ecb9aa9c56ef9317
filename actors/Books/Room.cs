namespace Xunke.Actors.Books;

/// <summary>A classroom on the books of a school.</summary>
public sealed class Room
{
    /// <summary>Such as "s01-304", unique in the district; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The school that it belongs to.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Name of the class in this room, such as "三年级2班".</summary>
    public required string Name { get; set; }

    /// <summary>Grade of the class in this room, such as "三年级".</summary>
    public required string Grade { get; set; }

    /// <summary>Pupils on the books of the class, 0 or more.</summary>
    public required int Enrolled { get; set; }

    /// <summary>Whether it is a recording room (智能录播教室), which is booked.</summary>
    public bool IsRecordingRoom { get; set; }

    /// <summary>Version of the WHIP key, from 1; a rotation adds one.</summary>
    public int KeyVersion { get; set; } = 1;

    /// <summary>
    /// The RTSP camera whose pictures the room shows: its address, user and password, encrypted. Null: a camera
    /// publishes by WHIP.
    /// </summary>
    public string? Camera { get; set; }

    /// <summary>When the key was last rotated, or when the room was put on the books.</summary>
    public required DateTimeOffset KeyRotatedAt { get; set; }
}
