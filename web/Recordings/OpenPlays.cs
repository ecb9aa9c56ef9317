namespace Xunke.Web.Recordings;

/// <summary>How a request for a file stands to the plays that are on record.</summary>
internal enum PlayRequest
{
    /// <summary>The caller has begun no play, or it has grown old.</summary>
    None,

    /// <summary>It belongs to the play that has begun.</summary>
    Same,

    /// <summary>The file is asked for from its beginning once more: another play.</summary>
    Another,
}

/// <summary>
/// Who has begun to play what. A file is sent only to somebody whose play is in the audit trail; a page asks again after
/// a restart of the server, or when a play has grown old. Bounded by the plays of the last hours.
/// </summary>
internal sealed class OpenPlays(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string UserName, Guid RecordingId), Play> _begun = [];

    /// <summary>Somebody begins to play a recording.</summary>
    /// <param name="userName">Who.</param>
    /// <param name="recordingId">What.</param>
    /// <param name="length">How long it is: a play lasts twice as long, and half an hour at least.</param>
    public void Begin(string userName, Guid recordingId, TimeSpan length)
    {
        lock (_gate)
        {
            foreach ((string, Guid) old in _begun.Where(play => IsOver(play.Value)).Select(play => play.Key).ToList())
            {
                _begun.Remove(old);
            }

            _begun[(userName, recordingId)] = new Play(time.GetTimestamp(), 2 * length > Shortest ? 2 * length : Shortest);
        }
    }

    /// <summary>Somebody asks for a file.</summary>
    /// <param name="userName">Who.</param>
    /// <param name="recordingId">Of what.</param>
    /// <param name="part">The file's number.</param>
    /// <param name="fromStart">The whole file, or its beginning, is asked for; a player that seeks asks for less.</param>
    public PlayRequest Ask(string userName, Guid recordingId, int part, bool fromStart)
    {
        lock (_gate)
        {
            return !_begun.TryGetValue((userName, recordingId), out Play? play) || IsOver(play) ? PlayRequest.None
                : fromStart && !play.Started.Add(part) ? PlayRequest.Another
                : PlayRequest.Same;
        }
    }

    private bool IsOver(Play play) => time.GetElapsedTime(play.Begun) >= play.Lifetime;

    private sealed record Play(long Begun, TimeSpan Lifetime)
    {
        public HashSet<int> Started { get; } = [];
    }
}
