using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>
/// Looks at passwords. Neither the answer nor the work tells whether the account exists, has a password or is locked: in
/// every case one password is hashed.
/// </summary>
internal sealed partial class SignIns(
    UserManager<Account> accounts, SignInThrottle throttle, KnownDevices devices, SignInQueue queue, TimeProvider time,
    ILogger<SignIns> log)
{
    private static readonly Account Nobody = new() { DisplayName = string.Empty, Role = Role.Inspector };
    private static readonly Lazy<string> NobodysPassword =
        new(() => new PasswordHasher<Account>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>What an attempt came to: an account, a wait, or neither where name or password are wrong.</summary>
    /// <param name="Account">Who may sign in.</param>
    /// <param name="Wait">How long the next attempt has to wait.</param>
    /// <param name="BeginsWait">Whether this attempt brought that wait about.</param>
    /// <param name="KnownName">The name of the account that was named, for the audit trail; null where there is none. Never for the
    /// answer.</param>
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
            Account? account = await FindAsync(userName);
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

    // A role or lock-out that somebody wrote into the database by hand, and that cannot be read, lets nobody in.
    private async Task<Account?> FindAsync(string userName)
    {
        try
        {
            return await accounts.FindByNameAsync(userName);
        }
        catch (Exception fault) when (fault is FormatException or InvalidCastException or InvalidOperationException)
        {
            LogUnreadable(fault);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An account cannot be read, so nobody can sign in with it")]
    private partial void LogUnreadable(Exception fault);
}
