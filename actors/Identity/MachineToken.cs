namespace Xunke.Actors.Identity;

/// <summary>What a machine may be let do.</summary>
public enum MachineScope
{
    /// <summary>Reads the snapshots of lessons and the timetable.</summary>
    Lessons,

    /// <summary>Reads rooms and their figures of the last minutes.</summary>
    Live,

    /// <summary>Reads metrics, health in detail and the API's description.</summary>
    Operations,

    /// <summary>Keeps the books: reads and changes them, and imports files.</summary>
    Books,
}

/// <summary>Something that another program shows instead of a name and a password. It stays on record when it has ended.</summary>
public sealed class MachineToken
{
    /// <summary>Its name in addresses.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the token, in hex: whoever reads the database cannot use it.</summary>
    public required string Digest { get; init; }

    /// <summary>What it is for, as people call it; unique for ever, because the audit trail names it.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows, between blanks.</summary>
    public required string Scopes { get; init; }

    /// <summary>The one school that it reaches; null: all.</summary>
    public string? SchoolId { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used, to within a minute; null: never.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When somebody ended it; null: nobody has.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
