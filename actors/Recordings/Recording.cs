using Xunke.Streaming;

namespace Xunke.Actors.Recordings;

/// <summary>One recording of one room. Its files are in a folder named by its id.</summary>
public sealed class Recording
{
    /// <summary>Unguessable name of the recording.</summary>
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>The room's school, kept here for a principal's list.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Account of whoever began it.</summary>
    public required string UserName { get; init; }

    /// <summary>That person's name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The visit that it belongs to and ends with; null where a lesson is recorded.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>Why, in the person's own words; 2 to 200 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>What of the room is recorded.</summary>
    public required MediaKinds Media { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends by itself at the latest.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Until when it is kept; null: for the days that all recordings are.</summary>
    public DateTimeOffset? KeepUntil { get; init; }

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>From its start to the end of its last file; 0 or more.</summary>
    public long LengthMilliseconds { get; set; }

    /// <summary>On the disk; 0 or more.</summary>
    public long Bytes { get; set; }

    /// <summary>What was wrong with it, as <see cref="Xunke.Streaming.Recording.RecordingFaults"/> names it.</summary>
    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Its files, by number; none while it lasts.</summary>
    public List<StoredPart> Parts { get; } = [];
}
