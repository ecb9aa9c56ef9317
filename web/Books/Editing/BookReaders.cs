using Xunke.Web.Changes;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Books.Editing;

/// <summary>
/// Lets whoever holds something of the books read them again after a change, in the order in which they are registered. Where that
/// fails, the change is on record all the same, and it is tried again every few seconds.
/// </summary>
internal sealed class BookReaders(IEnumerable<IBookReader> readers, WorkGuard guard, TimeProvider time)
    : PeriodicWork("books.read", RetryInterval, guard, time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    // The first reading is asked for: it is done before the rooms begin.
    private int _asked = 1;
    private int _read;

    /// <summary>What was just committed counts when this returns, unless the database has gone meanwhile.</summary>
    public async Task ReadAgainAsync()
    {
        Interlocked.Increment(ref _asked);
        await Guard.TryAsync("books.read", ReadAsync, CancellationToken.None);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task PrepareAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _read) == Volatile.Read(ref _asked) ? Task.CompletedTask : ReadAsync(cancellationToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            int asked = Volatile.Read(ref _asked);
            if (_read == asked)
            {
                // Somebody else's turn began after the change was on record.
                return;
            }

            foreach (IBookReader reader in readers)
            {
                await reader.ReadBooksAsync(cancellationToken);
            }

            Volatile.Write(ref _read, asked);
        }
        finally
        {
            _turn.Release();
        }
    }
}
