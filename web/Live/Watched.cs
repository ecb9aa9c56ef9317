using System.Diagnostics.CodeAnalysis;

namespace Xunke.Web.Live;

/// <summary>How far one connection has got with one room or the district. Used by its pump only.</summary>
internal sealed class Watched<TView>(LiveSlot<TView> slot)
    where TView : class
{
    private long _sentSequence = long.MinValue;
    private long? _dueAt;

    /// <summary>Whether it is about this place.</summary>
    public bool IsOf(LiveSlot<TView> other) => ReferenceEquals(slot, other);

    /// <summary>The newest view, which then counts as sent: what a snapshot is made of.</summary>
    public SharedView<TView>? TakeSnapshot(long now, long spacing) => Take(slot.Newest, now, spacing);

    /// <summary>The newest view if it has not been sent and it is time: on average once in the spacing at most.</summary>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="spacing">The least time between two sendings, in timestamp units.</param>
    /// <param name="view">The view to send.</param>
    public bool TryTake(long now, long spacing, [NotNullWhen(true)] out SharedView<TView>? view)
    {
        view = slot.Newest;
        if (view is null || view.Sequence <= _sentSequence || now < (_dueAt ?? now))
        {
            view = null;
            return false;
        }

        Take(view, now, spacing);
        return true;
    }

    private SharedView<TView>? Take(SharedView<TView>? view, long now, long spacing)
    {
        if (view is not null)
        {
            _sentSequence = view.Sequence;
            // What was sent late does not make the next one late: the places are on a grid, of which one may be missed.
            _dueAt = Math.Max(_dueAt ?? now, now - spacing) + spacing;
        }

        return view;
    }
}
