using Xunke.Actors.Visits;
using Xunke.Streaming;

namespace Xunke.Web.Visits;

/// <summary>
/// The visits that last, in memory: every media request asks for one, and presence (which page shows it, when it was
/// last seen) is nothing to keep. Bounded by the visits of people who are here now.
/// </summary>
internal sealed class OpenVisits(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _open = [];
    private readonly Dictionary<string, int> _beginning = new(StringComparer.Ordinal);
    private long _begun;

    private sealed class Entry(Visit visit, string loginId, long seenAt)
    {
        public Visit Visit { get; } = visit;

        public string LoginId { get; } = loginId;

        public HashSet<string> Connections { get; } = new(StringComparer.Ordinal);

        public long SeenAt { get; set; } = seenAt;
    }

    /// <summary>Visits begun since the server started.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>Keeps a place for a visit that is about to begin. Dispose it when the visit has begun, or will not.</summary>
    /// <returns>Null when the user has as many visits as one may have.</returns>
    public IDisposable? TryReserve(string userName, int most)
    {
        lock (_gate)
        {
            int beginning = _beginning.GetValueOrDefault(userName);
            if (beginning + _open.Values.Count(entry => entry.Visit.UserName == userName) >= most)
            {
                return null;
            }

            _beginning[userName] = beginning + 1;
            return new Place(this, userName);
        }
    }

    /// <summary>Adds a visit that has just begun, by somebody who is signed in with this session.</summary>
    public void Add(Visit visit, string loginId)
    {
        lock (_gate)
        {
            _open.Add(visit.Id, new Entry(visit, loginId, time.GetTimestamp()));
            _begun++;
        }
    }

    /// <summary>Takes a visit out.</summary>
    /// <returns>The visit, or null when it has ended already.</returns>
    public Visit? Remove(Guid visitId)
    {
        lock (_gate)
        {
            return _open.Remove(visitId, out Entry? entry) ? entry.Visit : null;
        }
    }

    /// <summary>An open visit, or null.</summary>
    public Visit? Find(Guid visitId)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(visitId)?.Visit;
        }
    }

    /// <summary>An open visit of this user, or null.</summary>
    public Visit? Find(Guid visitId, string userName) =>
        Find(visitId) is { } visit && visit.UserName == userName ? visit : null;

    /// <summary>Whether the user has an open visit in this room.</summary>
    public bool Has(string userName, string roomId)
    {
        lock (_gate)
        {
            return _open.Values.Any(entry => entry.Visit.UserName == userName && entry.Visit.RoomId == roomId);
        }
    }

    /// <summary>The user's open visit in this room, or null.</summary>
    public Visit? Find(Guid visitId, string userName, string roomId) =>
        Find(visitId, userName) is { } visit && visit.RoomId == roomId ? visit : null;

    /// <summary>Ties the user's visit to a hub connection.</summary>
    /// <returns>False when the user has no such open visit.</returns>
    public bool Bind(Guid visitId, string userName, string connectionId)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(visitId, out Entry? entry) || entry.Visit.UserName != userName)
            {
                return false;
            }

            entry.Connections.Add(connectionId);
            return true;
        }
    }

    /// <summary>A hub connection has ended.</summary>
    public void Unbind(string connectionId)
    {
        lock (_gate)
        {
            foreach (Entry entry in _open.Values)
            {
                if (entry.Connections.Remove(connectionId))
                {
                    entry.SeenAt = time.GetTimestamp();
                }
            }
        }
    }

    /// <summary>Marks who is present, and names the visits of which nothing has been seen for too long.</summary>
    /// <param name="withPicture">The visits that have a media session.</param>
    /// <param name="grace">How long is too long.</param>
    public IReadOnlyList<Guid> FindAbandoned(IReadOnlySet<Guid> withPicture, TimeSpan grace)
    {
        var abandoned = new List<Guid>();
        lock (_gate)
        {
            foreach ((Guid visitId, Entry entry) in _open)
            {
                if (entry.Connections.Count > 0 || withPicture.Contains(visitId))
                {
                    entry.SeenAt = time.GetTimestamp();
                }
                else if (time.GetElapsedTime(entry.SeenAt) >= grace)
                {
                    abandoned.Add(visitId);
                }
            }
        }

        return abandoned;
    }

    /// <summary>The open visits that were begun while signed in with this session.</summary>
    public IReadOnlyList<Guid> Of(string loginId)
    {
        lock (_gate)
        {
            return [.. _open.Values.Where(entry => entry.LoginId == loginId).Select(entry => entry.Visit.Id)];
        }
    }

    /// <summary>All open visits.</summary>
    public IReadOnlyList<Guid> All() => With(_ => true);

    /// <summary>The open visits whose choice of media is such.</summary>
    public IReadOnlyList<Guid> With(Predicate<MediaKinds> such)
    {
        lock (_gate)
        {
            return [.. _open.Values.Select(entry => entry.Visit).Where(visit => such(visit.Media)).Select(visit => visit.Id)];
        }
    }

    private void Release(string userName)
    {
        lock (_gate)
        {
            if (--_beginning[userName] == 0)
            {
                _beginning.Remove(userName);
            }
        }
    }

    private sealed class Place(OpenVisits visits, string userName) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                visits.Release(userName);
            }
        }
    }
}
