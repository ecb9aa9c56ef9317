namespace Xunke.Actors.Bookings;

/// <summary>Who may ask for recordings, beside those who decide about them.</summary>
public enum RecordingAskers
{
    /// <summary>Teachers for own lessons, and inspectors.</summary>
    TeachersAndInspectors,

    /// <summary>Teachers for own lessons.</summary>
    Teachers,

    /// <summary>Inspectors.</summary>
    Inspectors,

    /// <summary>Nobody else.</summary>
    Nobody,
}

/// <summary>Whose approval a recording needs. A district's administrator may always give it; nobody gives it to himself.</summary>
public enum RecordingApproval
{
    /// <summary>The school's principal or administrator.</summary>
    School,

    /// <summary>The school's principal.</summary>
    Principal,

    /// <summary>The school's administrator.</summary>
    SchoolAdministrator,

    /// <summary>An administrator of the district.</summary>
    District,

    /// <summary>Nobody's.</summary>
    NotNeeded,
}

/// <summary>How a school records by approval: one row a school, or none where it is as usual.</summary>
public sealed class RecordingRule
{
    /// <summary>The longest recording that a rule may allow, in minutes.</summary>
    public const int MostMinutes = 480;

    /// <summary>The school; also the row's name.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Who may ask.</summary>
    public required RecordingAskers Askers { get; set; }

    /// <summary>Who approves.</summary>
    public required RecordingApproval Approval { get; set; }

    /// <summary>How long a recording may be, in minutes.</summary>
    public required int LongestMinutes { get; set; }

    /// <summary>Days that a booked recording is kept; null: as all recordings.</summary>
    public int? KeepDays { get; set; }

    /// <summary>What holds at a school that has said nothing.</summary>
    public static RecordingRule Usual(string schoolId) => new()
    {
        SchoolId = schoolId,
        Askers = RecordingAskers.TeachersAndInspectors,
        Approval = RecordingApproval.School,
        LongestMinutes = 90,
    };
}
