namespace Xunke.Web.Identity;

/// <summary>Hashing a password takes a core for tens of milliseconds: as many as there are cores are hashed at once, the others
/// wait.</summary>
internal sealed class SignInQueue : IDisposable
{
    /// <summary>When to try again where too many wait.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private const int MostWaiting = 500;

    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));
    private int _waiting;

    /// <summary>Waits for a turn.</summary>
    /// <returns>False when too many wait already; then there is no turn to leave.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
            {
                return false;
            }

            await _turns.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives the turn up.</summary>
    public void Leave() => _turns.Release();

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();
}
