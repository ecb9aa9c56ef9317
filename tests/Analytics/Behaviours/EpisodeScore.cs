namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>
/// Compares episodes, from begin to end, pupil by pupil. A true one is seen if a seen one overlaps it; further seen ones over it, and seen
/// ones beside any, are false. A look after a true episode still belongs to it, since its end takes two looks to be believed.
/// </summary>
internal sealed class EpisodeScore
{
    private const int LooksLate = 2;

    private readonly Dictionary<string, Track> _tracks = [];
    private int _true;
    private int _seen;
    private int _hits;

    /// <summary>Precision, recall and F1.</summary>
    public (double Precision, double Recall, double F1) Result
    {
        get
        {
            double precision = (double)_hits / Math.Max(1, _seen), recall = (double)_hits / Math.Max(1, _true);
            return (precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
        }
    }

    /// <summary>Begins a new play: nothing is going on.</summary>
    public void Begin() => _tracks.Clear();

    /// <summary>Takes one look at one pupil in.</summary>
    public void Add(string pupil, bool isSo, bool isSeen)
    {
        Track track = _tracks.GetValueOrDefault(pupil) ?? (_tracks[pupil] = new Track());
        if (isSo && !track.WasSo)
        {
            _true++;
            track.IsHit = false;
        }

        if (isSeen && !track.WasSeen)
        {
            _seen++;
            track.Counts = false;
        }

        track.Since = isSo ? 0 : track.Since + 1;
        if (isSeen && !track.Counts && !track.IsHit && track.Since <= LooksLate)
        {
            _hits++;
            track.Counts = track.IsHit = true;
        }

        (track.WasSo, track.WasSeen) = (isSo, isSeen);
    }

    private sealed class Track
    {
        public bool WasSo { get; set; }

        public bool WasSeen { get; set; }

        /// <summary>The true episode, or the last one, was seen.</summary>
        public bool IsHit { get; set; } = true;

        /// <summary>The seen episode has been counted for a true one.</summary>
        public bool Counts { get; set; }

        /// <summary>Looks since a true episode.</summary>
        public int Since { get; set; } = LooksLate + 1;
    }
}
