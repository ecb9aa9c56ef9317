namespace Xunke.Actors.Pipeline;

/// <summary>Counts the visits under way in each room: the first one puts the room before the others, the end of the last one back.</summary>
/// <param name="prioritise">Told of the changes, one at a time.</param>
internal sealed class Visits(Action<string, bool> prioritise)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>One more.</summary>
    public void Started(string roomId)
    {
        lock (_gate)
        {
            _counts[roomId] = _counts.GetValueOrDefault(roomId) + 1;
            if (_counts[roomId] == 1)
            {
                prioritise(roomId, true);
            }
        }
    }

    /// <summary>One less; nothing where there was none.</summary>
    public void Ended(string roomId)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue(roomId, out var count))
            {
                return;
            }

            if (count > 1)
            {
                _counts[roomId] = count - 1;
                return;
            }

            _counts.Remove(roomId);
            prioritise(roomId, false);
        }
    }
}
