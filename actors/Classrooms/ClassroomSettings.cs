namespace Xunke.Actors.Classrooms;

/// <summary>The times that a room keeps to.</summary>
internal sealed record ClassroomSettings
{
    /// <summary>
    /// Without a picture for so long, a room is stalled. Pictures come once a second, and a person must see within 5 s
    /// that they have stopped.
    /// </summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// On a computer that is too busy, a room whose video comes is not stalled but looked at less often, down to once in this time.
    /// </summary>
    public TimeSpan MostBehind { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a room waits for the publisher that replaced another before it is offline.</summary>
    public TimeSpan ReplacementLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shortest time between two views, unless the state has changed. Shorter than the second between two looks: a view
    /// that had to wait for its turn once would otherwise make every later one wait as long.
    /// </summary>
    public TimeSpan ViewInterval { get; init; } = TimeSpan.FromMilliseconds(750);

    /// <summary>How far back the charts go.</summary>
    public TimeSpan HistoryLength { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a live room saves what should outlive a restart.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMinutes(1);
}
