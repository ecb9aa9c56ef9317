using System.Collections.Immutable;
using Xunke.Streaming;

namespace Xunke.Actors.Visits;

/// <summary>The visits of this node that last, for whoever has a visit's id. All members may be called from any thread.</summary>
public sealed class OpenVisits
{
    private readonly Lock _gate = new();
    private ImmutableDictionary<Guid, OpenVisit> _visits = ImmutableDictionary<Guid, OpenVisit>.Empty;
    private long _begun;

    /// <summary>Visits begun since the server started.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>All of them.</summary>
    public IEnumerable<OpenVisit> All => Volatile.Read(ref _visits).Values.Where(visit => visit.IsOnRecord);

    /// <summary>A visit, or null.</summary>
    public OpenVisit? Find(Guid visitId) =>
        Volatile.Read(ref _visits).GetValueOrDefault(visitId) is { IsOnRecord: true } visit ? visit : null;

    /// <summary>A visit of this user, or null.</summary>
    public OpenVisit? Find(Guid visitId, string userName) =>
        Find(visitId) is { } visit && visit.Visit.UserName == userName ? visit : null;

    /// <summary>The user's visit in this room, or null.</summary>
    public OpenVisit? Find(Guid visitId, string userName, string roomId) =>
        Find(visitId, userName) is { } visit && visit.Visit.RoomId == roomId ? visit : null;

    /// <summary>The visit that a media session belongs to, or null.</summary>
    public OpenVisit? OfSession(string roomId, string sessionId) =>
        All.FirstOrDefault(visit => visit.Visit.RoomId == roomId && visit.Sessions.Contains(sessionId));

    /// <summary>Whether the user has a visit in this room.</summary>
    public bool Has(string userName, string roomId) =>
        All.Any(visit => visit.Visit.UserName == userName && visit.Visit.RoomId == roomId);

    /// <summary>How many see and hear so much.</summary>
    public int Count(MediaKinds media) => All.Count(visit => visit.Visit.Media == media);

    /// <summary>Visits to whose owner something must be told, those included that are about to begin.</summary>
    public IEnumerable<OpenVisit> AndBeginning => Volatile.Read(ref _visits).Values;

    /// <summary>Adds a visit that is about to begin.</summary>
    /// <returns>False when its user has as many as one may have.</returns>
    internal bool TryAdd(OpenVisit visit, int most)
    {
        lock (_gate)
        {
            if (_visits.Values.Count(other => other.Visit.UserName == visit.Visit.UserName) >= most)
            {
                return false;
            }

            Volatile.Write(ref _visits, _visits.Add(visit.Visit.Id, visit));
            return true;
        }
    }

    /// <summary>The beginning of a visit is on record.</summary>
    internal void Begin(OpenVisit visit)
    {
        visit.IsOnRecord = true;
        Interlocked.Increment(ref _begun);
    }

    /// <summary>Takes a visit out; nothing where it is not in.</summary>
    internal void Remove(OpenVisit visit)
    {
        visit.HasEnded = true;
        lock (_gate)
        {
            Volatile.Write(ref _visits, _visits.Remove(visit.Visit.Id));
        }
    }
}
