namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Turns one seat's looks into a behaviour (docs/behaviours.md, "Voting"). A hand, a stand or a head on the desk begins
/// with more than half of the last three looks and of the last 1.5 s, and ends after two looks and 1.5 s without. Certain evidence
/// counts at once, and so does a head clearly up or down, since a glance at the board is short. An unclear head follows the majority
/// of three seconds. Where looks are rarer than that, one is enough. Not thread-safe.
/// </summary>
internal sealed class SeatVote
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    /// <summary>Number of looks, and the time they must cover if looks are frequent, of which more than half must agree.</summary>
    private const int LooksForOnset = 3;

    private static readonly TimeSpan OnsetTakes = TimeSpan.FromSeconds(1.5);

    private const int LooksForEnd = 2;

    /// <summary>If looks are frequent, a behaviour ends only after this long without it, so that one hand is counted once.</summary>
    private static readonly TimeSpan EndsAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>A head this far from the border, in shoulder widths, is clearly up or down.</summary>
    private const float ClearDroop = 0.12f;

    private const int MostLooks = 16;

    private readonly List<(DateTimeOffset At, LookEvidence Evidence)> _looks = new(MostLooks);
    private bool _handRaised;
    private bool _standing;
    private bool _headDown;
    private bool _onDesk;

    /// <summary>Adds a look and returns the behaviour with its share of the vote.</summary>
    /// <param name="at">When the look was taken; later than the one before.</param>
    public (Behaviour Behaviour, float Confidence) Add(DateTimeOffset at, TimeSpan interval, LookEvidence evidence)
    {
        _looks.RemoveAll(look => at - look.At >= Window || look.At >= at);
        if (_looks.Count == MostLooks)
        {
            _looks.RemoveAt(0);
        }

        _looks.Add((at, evidence));
        int onset = interval < Window ? Math.Max(LooksForOnset, LooksWithin(OnsetTakes)) : 1;
        _standing = Holds(_standing, onset, look => look.Standing);
        _handRaised = Holds(_handRaised, onset, look => look.Hand);
        _onDesk = Holds(_onDesk, onset, look => look.OnDesk);
        int up = Count(look => look.Droop <= 0), down = Count(look => look.Droop > 0);
        if (MathF.Abs(evidence.Droop ?? 0) >= ClearDroop)
        {
            _headDown = evidence.Droop > 0;
        }
        else if (up != down)
        {
            _headDown = down > up;
        }

        if (_standing)
        {
            return (Behaviour.Standing, Share(Count(look => look.Standing >= Evidence.Yes)));
        }

        if (_handRaised)
        {
            return (Behaviour.HandRaised, Share(Count(look => look.Hand >= Evidence.Yes)));
        }

        if (_onDesk)
        {
            return (Behaviour.HeadOnDesk, Share(Count(look => look.OnDesk >= Evidence.Yes)));
        }

        return up + down == 0 ? (Behaviour.Unknown, 0)
            : _headDown ? (Behaviour.HeadDown, Share(down)) : (Behaviour.HeadUp, Share(up));
    }

    private bool Holds(bool before, int onset, Func<LookEvidence, Evidence> question)
    {
        Evidence now = question(_looks[^1].Evidence);
        if (before)
        {
            return now != Evidence.CertainlyNot && CountLast(Math.Max(LooksForEnd, LooksWithin(EndsAfter)), question) > 0;
        }

        return now == Evidence.Certain
            || (now == Evidence.Yes && CountLast(onset, question) > onset / 2);
    }

    private int LooksWithin(TimeSpan time)
    {
        int looks = 1;
        while (looks < _looks.Count && _looks[^1].At - _looks[^(looks + 1)].At < time)
        {
            looks++;
        }

        return looks;
    }

    private int CountLast(int looks, Func<LookEvidence, Evidence> question)
    {
        int yes = 0;
        for (int i = Math.Max(0, _looks.Count - looks); i < _looks.Count; i++)
        {
            yes += question(_looks[i].Evidence) >= Evidence.Yes ? 1 : 0;
        }

        return yes;
    }

    private int Count(Func<LookEvidence, bool> counts)
    {
        int count = 0;
        foreach ((_, LookEvidence evidence) in _looks)
        {
            count += counts(evidence) ? 1 : 0;
        }

        return count;
    }

    private float Share(int looks) => (float)looks / _looks.Count;
}
