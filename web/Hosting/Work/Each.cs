using System.Collections.Concurrent;

namespace Xunke.Web.Hosting.Work;

/// <summary>The same for each of several.</summary>
internal static class Each
{
    /// <summary>Does it for every item, also where it failed for another.</summary>
    /// <exception cref="AggregateException">It failed for some.</exception>
    public static Task DoAsync<TItem>(IEnumerable<TItem> items, Func<TItem, Task> act, CancellationToken cancellationToken) =>
        DoAsync(items, 1, act, cancellationToken);

    /// <summary>Does it for every item, for some at a time, also where it failed for another.</summary>
    /// <param name="items">The items.</param>
    /// <param name="most">For how many at a time.</param>
    /// <param name="act">Does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AggregateException">It failed for some.</exception>
    public static async Task DoAsync<TItem>(IEnumerable<TItem> items, int most, Func<TItem, Task> act, CancellationToken cancellationToken)
    {
        ConcurrentQueue<Exception> faults = [];
        var some = new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, some, async (item, _) =>
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
                faults.Enqueue(fault);
            }
        });

        if (!faults.IsEmpty)
        {
            throw new AggregateException(faults);
        }
    }
}
