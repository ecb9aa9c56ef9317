namespace Xunke.Actors.Recordings;

/// <summary>
/// Somebody whom a recording shows, or who made it, asks to have it deleted before its days are over. A recording has one.
/// </summary>
public sealed class DeletionRequest
{
    /// <summary>The recording; the request goes with it.</summary>
    public required Guid RecordingId { get; init; }

    /// <summary>Account of who asks.</summary>
    public required string UserName { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Why; 2 to 200 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Why it is kept; null: nobody has answered.</summary>
    public string? Answer { get; set; }

    /// <summary>Who answered, by the name of then.</summary>
    public string? AnsweredName { get; set; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }
}
