namespace Xunke.Analytics.Scheduling;

/// <summary>
/// Whose turn it is. Among the rooms that have a picture and are due: first those that have waited a whole interval beyond
/// their turn, so that no one starves; then the visited; then the rest; each in the order in which they fell due, which is
/// round robin, since a room that was served falls due last. Not thread-safe.
/// </summary>
internal sealed class SlotRota
{
    private readonly Dictionary<string, RoomSlot> _slots = new(StringComparer.Ordinal);

    public RoomSlot? Find(string roomId) => _slots.GetValueOrDefault(roomId);

    public void Add(RoomSlot slot) => _slots.Add(slot.RoomId, slot);

    public bool Remove(RoomSlot slot) => _slots.Remove(slot.RoomId);

    public bool Holds(RoomSlot slot) => ReferenceEquals(Find(slot.RoomId), slot);

    public IReadOnlyCollection<RoomSlot> All => _slots.Values;

    /// <summary>The room to serve now, or null where none is due.</summary>
    public RoomSlot? Next(TimeSpan now, TimeSpan interval)
    {
        RoomSlot? best = null;
        int bestRank = int.MaxValue;
        foreach (RoomSlot slot in _slots.Values)
        {
            if (slot.Waiting is null || slot.InHand || slot.Due > now)
            {
                continue;
            }

            int rank = now - slot.Due > interval ? 0 : slot.Visited ? 1 : 2;
            if (best is null || rank < bestRank || (rank == bestRank && slot.Due < best.Due))
            {
                (best, bestRank) = (slot, rank);
            }
        }

        return best;
    }

    /// <summary>When the next waiting picture falls due, or null where none waits for its time.</summary>
    public TimeSpan? NextDue()
    {
        TimeSpan? next = null;
        foreach (RoomSlot slot in _slots.Values)
        {
            if (slot.Waiting is not null && !slot.InHand && (next is null || slot.Due < next))
            {
                next = slot.Due;
            }
        }

        return next;
    }

    /// <summary>Rooms that have sent a picture at or after the given time.</summary>
    public int ActiveSince(TimeSpan since)
    {
        int active = 0;
        foreach (RoomSlot slot in _slots.Values)
        {
            active += slot.LastSubmitted >= since ? 1 : 0;
        }

        return active;
    }
}
