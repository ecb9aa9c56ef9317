namespace Xunke.Web.Recordings;

/// <summary>
/// Who has begun to play what. A file is sent only to somebody whose play is in the audit trail; a page asks again after
/// a restart of the server, or when a play has grown old. Bounded by the plays of the last hours.
/// </summary>
internal sealed class OpenPlays(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string UserName, Guid RecordingId), long> _begun = [];

    /// <summary>Somebody begins to play a recording.</summary>
    public void Begin(string userName, Guid recordingId)
    {
        lock (_gate)
        {
            foreach ((string, Guid) old in _begun.Where(play => time.GetElapsedTime(play.Value) >= Lifetime).Select(play => play.Key).ToList())
            {
                _begun.Remove(old);
            }

            _begun[(userName, recordingId)] = time.GetTimestamp();
        }
    }

    /// <summary>Whether that play still counts.</summary>
    public bool Has(string userName, Guid recordingId)
    {
        lock (_gate)
        {
            return _begun.TryGetValue((userName, recordingId), out long begun) && time.GetElapsedTime(begun) < Lifetime;
        }
    }
}
