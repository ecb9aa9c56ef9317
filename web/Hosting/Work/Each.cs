namespace Xunke.Web.Hosting.Work;

/// <summary>The same for each of several.</summary>
internal static class Each
{
    /// <summary>Does it for every item, also where it failed for another.</summary>
    /// <exception cref="AggregateException">It failed for some.</exception>
    public static async Task DoAsync<TItem>(IEnumerable<TItem> items, Func<TItem, Task> act, CancellationToken cancellationToken)
    {
        List<Exception> faults = [];
        foreach (TItem item in items)
        {
            try
            {
                await act(item);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }
    }
}
