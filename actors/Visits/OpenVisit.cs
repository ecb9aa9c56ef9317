using System.Collections.Immutable;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Visits;

/// <summary>A visit that lasts, as others see it. Its <see cref="VisitActor"/> alone changes it; all may read it.</summary>
public sealed class OpenVisit
{
    private Playback? _playback;
    private volatile bool _isOnRecord;
    private ImmutableArray<string> _sessions = [];

    internal OpenVisit(Visit visit, string loginId, ActorRef<VisitMessage> owner) => (Visit, LoginId, Owner) = (visit, loginId, owner);

    /// <summary>As it was begun.</summary>
    public Visit Visit { get; }

    /// <summary>The login that it was begun with.</summary>
    public string LoginId { get; }

    /// <summary>Who can end it, and show its room.</summary>
    public ActorRef<VisitMessage> Owner { get; }

    /// <summary>Its media sessions: none, one, or for a moment two.</summary>
    public ImmutableArray<string> Sessions
    {
        get => ImmutableInterlocked.InterlockedCompareExchange(ref _sessions, default, default);
        internal set => ImmutableInterlocked.InterlockedExchange(ref _sessions, value);
    }

    /// <summary>The newest report of the visitor's browser; null before the first.</summary>
    public Playback? Playback => Volatile.Read(ref _playback);

    /// <summary>Whether it is over.</summary>
    public bool HasEnded { get; internal set; }

    /// <summary>Whether its beginning is on record; before that it is counted, and not shown.</summary>
    internal bool IsOnRecord
    {
        get => _isOnRecord;
        set => _isOnRecord = value;
    }

    /// <summary>Takes a report of the visitor's browser in.</summary>
    /// <param name="now">Counts since the browser's session began.</param>
    /// <returns>What is new in it.</returns>
    public Playback Report(Playback now) => now.Since(Interlocked.Exchange(ref _playback, now) ?? Playback.None);
}
