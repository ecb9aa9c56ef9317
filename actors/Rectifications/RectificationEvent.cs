namespace Xunke.Actors.Rectifications;

/// <summary>Something that somebody did to a notice. It never changes.</summary>
public sealed class RectificationEvent
{
    /// <summary>The notice.</summary>
    public required Guid RectificationId { get; init; }

    /// <summary>Its place among the notice's events, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The round in which it happened.</summary>
    public required int Round { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required RectificationStep Step { get; init; }

    /// <summary>Account of who did it.</summary>
    public required string By { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>What was said; empty: nothing.</summary>
    public required string Text { get; init; }

    /// <summary>The date that was set with it: the answer's deadline, or when somebody looks again; null: none.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The visit in which somebody looked again; null: none is on record.</summary>
    public Guid? VisitId { get; init; }
}

/// <summary>A file of an answer. Its content lies in the data directory under its id.</summary>
public sealed class RectificationFile
{
    /// <summary>The most bytes of one.</summary>
    public const int MostBytes = 20 << 20;

    /// <summary>The most of a round.</summary>
    public const int MostOfRound = 10;

    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 120;

    /// <summary>Unguessable name, which is also that of the file on the disk.</summary>
    public required Guid Id { get; init; }

    /// <summary>The notice.</summary>
    public required Guid RectificationId { get; init; }

    /// <summary>The round whose answer it belongs to.</summary>
    public required int Round { get; init; }

    /// <summary>Its name, with the ending of its kind.</summary>
    public required string Name { get; init; }

    /// <summary>What its content is.</summary>
    public required RectificationFileKind Kind { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, in lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Account of who sent it.</summary>
    public required string By { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the answer that it belongs to was given; null: not yet, and only those who answer see it.</summary>
    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>The last number that was given by a pattern; it stays when notices are deleted.</summary>
public sealed class RectificationCounter
{
    /// <summary>What numbers look like without their counting part, such as 2026-s01-#.</summary>
    public required string Key { get; init; }

    /// <summary>The last one.</summary>
    public required int Last { get; set; }
}
