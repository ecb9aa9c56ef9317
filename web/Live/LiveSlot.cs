namespace Xunke.Web.Live;

/// <summary>The newest view of one room or of the district; safe for any number of writers and readers.</summary>
/// <typeparam name="TView">The kind of view.</typeparam>
internal sealed class LiveSlot<TView>
    where TView : class
{
    private SharedView<TView>? _newest;

    /// <summary>The newest view, or null before the first.</summary>
    public SharedView<TView>? Newest => Volatile.Read(ref _newest);

    /// <summary>Keeps the view unless a later one is here already.</summary>
    public void Offer(TView view, long sequence)
    {
        var offered = new SharedView<TView>(view, sequence);
        SharedView<TView>? known = Newest;
        while (known is null || known.Sequence < sequence)
        {
            SharedView<TView>? found = Interlocked.CompareExchange(ref _newest, offered, known);
            if (ReferenceEquals(found, known))
            {
                return;
            }

            known = found;
        }
    }
}
