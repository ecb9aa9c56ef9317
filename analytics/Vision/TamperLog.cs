using System.Collections.Immutable;

namespace Xunke.Analytics.Vision;

/// <summary>Puts what a <see cref="TamperWatch"/> says of picture after picture together as stretches of time. Not thread-safe.</summary>
public sealed class TamperLog
{
    private readonly List<TamperEvent> _events = [];
    private Tamper _last;

    /// <summary>All that was wrong so far, in order of its beginning.</summary>
    public ImmutableArray<TamperEvent> Events => [.. _events.OrderBy(happened => happened.From)];

    /// <summary>Takes in what was wrong with the next picture.</summary>
    /// <param name="sameSince">The first of the pictures that are the same as it.</param>
    public void Add(Tamper tamper, DateTimeOffset at, DateTimeOffset? sameSince)
    {
        if (tamper != Tamper.None)
        {
            if (_last == tamper && tamper != Tamper.Moved)
            {
                _events[^1] = _events[^1] with { To = at };
            }
            else
            {
                _events.Add(new TamperEvent(tamper, tamper == Tamper.Frozen ? sameSince ?? at : at, at));
            }
        }

        _last = tamper;
    }
}
