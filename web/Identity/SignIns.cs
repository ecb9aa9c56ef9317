using Microsoft.AspNetCore.Identity;

namespace Xunke.Web.Identity;

/// <summary>
/// Looks at passwords. Neither the answer nor the work tells whether the account exists, has a password or is locked: in
/// every case one password is hashed.
/// </summary>
internal sealed class SignIns(
    UserManager<Account> accounts, SignInThrottle throttle, KnownDevices devices, SignInQueue queue, TimeProvider time)
{
    private static readonly Account Nobody = new() { DisplayName = string.Empty, Role = Role.Inspector };
    private static readonly Lazy<string> NobodysPassword = new(() => new PasswordHasher<Account>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>What an attempt came to: an account, a wait, or neither where name or password are wrong.</summary>
    /// <param name="Account">Who may sign in.</param>
    /// <param name="Wait">How long the next attempt has to wait.</param>
    /// <param name="BeginsWait">Whether this attempt brought that wait about.</param>
    /// <param name="KnownName">The name of the account that was named, for the audit trail; null where there is none. Never for the answer.</param>
    internal sealed record Outcome(Account? Account, SignInWait? Wait = null, bool BeginsWait = false, string? KnownName = null);

    /// <summary>Looks at a name and a password.</summary>
    public async Task<Outcome> TryAsync(HttpContext context, string userName, string password)
    {
        if (!await queue.EnterAsync(context.RequestAborted))
        {
            return new Outcome(null, new SignInWait(SignInQueue.Retry, OfAddress: true));
        }

        try
        {
            Account? account = await accounts.FindByNameAsync(userName);
            string name = accounts.NormalizeName(userName) ?? string.Empty;
            var source = new SignInSource(
                ClientNetwork.Of(context.Connection.RemoteIpAddress),
                ClientNetwork.IsLoopback(context.Connection.RemoteIpAddress),
                devices.Find(context.Request, account));
            if (throttle.Begin(name, source) is { } wait)
            {
                return new Outcome(null, wait, KnownName: account?.UserName);
            }

            PasswordVerificationResult verdict = accounts.PasswordHasher.VerifyHashedPassword(
                account ?? Nobody, account?.PasswordHash ?? NobodysPassword.Value, password);
            if (account?.PasswordHash is null || verdict is PasswordVerificationResult.Failed || account.LockoutEnd > time.GetUtcNow())
            {
                SignInWait? next = throttle.WaitOf(name, source);
                return new Outcome(null, next, next is not null, account?.UserName);
            }

            throttle.Succeed(name, source);
            if (verdict is PasswordVerificationResult.SuccessRehashNeeded)
            {
                account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
                await accounts.UpdateAsync(account);
            }

            return new Outcome(account);
        }
        finally
        {
            queue.Leave();
        }
    }
}

/// <summary>Hashing a password takes a core for tens of milliseconds: as many as there are cores are hashed at once, the others wait.</summary>
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
