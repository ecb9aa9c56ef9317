using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>Why somebody who named an account is not let in.</summary>
internal enum SignInFault
{
    /// <summary>The name or the password is wrong, or the account is locked; which of them is not told.</summary>
    WrongCredentials,

    /// <summary>The password is right; a code is needed besides.</summary>
    CodeNeeded,

    /// <summary>The password is right, the code is not.</summary>
    WrongCode,

    /// <summary>Both are right; the account's period of office has not begun.</summary>
    OfficeNotBegun,

    /// <summary>Both are right; the account's period of office has ended.</summary>
    OfficeOver,
}

/// <summary>
/// Looks at passwords and codes. Neither the answer nor the work tells whether the account exists, has a password or is locked: in
/// every case one password is hashed.
/// </summary>
internal sealed partial class SignIns(
    UserManager<Account> accounts, SignInThrottle throttle, KnownDevices devices, SignInQueue queue, SecondFactors factors,
    TimeProvider time, ILogger<SignIns> log)
{
    private static readonly Account Nobody = new() { DisplayName = string.Empty, Role = Role.Inspector };
    private static readonly Lazy<string> NobodysPassword =
        new(() => new PasswordHasher<Account>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>What an attempt came to: an account, a wait, or neither.</summary>
    /// <param name="Account">Who may sign in.</param>
    /// <param name="Wait">How long the next attempt has to wait.</param>
    /// <param name="BeginsWait">Whether this attempt brought that wait about.</param>
    /// <param name="KnownName">The name of the account that was named, for the audit trail; null where there is none. Never for the
    /// answer.</param>
    /// <param name="Fault">Why there is neither account nor wait.</param>
    internal sealed record Outcome(
        Account? Account, SignInWait? Wait = null, bool BeginsWait = false, string? KnownName = null,
        SignInFault Fault = SignInFault.WrongCredentials);

    /// <summary>Looks at a name, a password and, where the account has a second factor, a code.</summary>
    public Task<Outcome> TryAsync(HttpContext context, string userName, string password, string? code) =>
        TryAsync(context, userName, () => FindAsync(userName), password, account => CheckFurtherAsync(account, code));

    /// <summary>Looks at the password of somebody who is signed in, and is as patient as with a sign-in; each session counts by
    /// itself.</summary>
    public Task<Outcome> ConfirmAsync(HttpContext context, Account account, string? password) =>
        TryAsync(
            context, account.UserName!, () => Task.FromResult<Account?>(account), password ?? string.Empty,
            _ => Task.FromResult<SignInFault?>(null), context.Login()?.Id);

    /// <summary>Looks at the account of somebody who has shown in another way than by the password who they are. All else is asked for:
    /// that the account is open, its code, its period of office.</summary>
    public Task<Outcome> TryLinkedAsync(HttpContext context, Account account, string? code) =>
        TryAsync(
            context, account.UserName!, () => Task.FromResult<Account?>(account), password: null, one => CheckFurtherAsync(one, code));

    private async Task<Outcome> TryAsync(
        HttpContext context, string userName, Func<Task<Account?>> find, string? password, Func<Account, Task<SignInFault?>> further,
        string? session = null)
    {
        if (!await queue.EnterAsync(context.RequestAborted))
        {
            return new Outcome(null, new SignInWait(SignInQueue.Retry, OfAddress: true));
        }

        try
        {
            Account? account = await find();
            string name = accounts.NormalizeName(userName) ?? string.Empty;
            var source = new SignInSource(
                ClientNetwork.Of(context.Connection.RemoteIpAddress),
                ClientNetwork.IsLoopback(context.Connection.RemoteIpAddress),
                session ?? devices.Find(context.Request, account));
            if (throttle.Begin(name, source) is { } wait)
            {
                return new Outcome(null, wait, KnownName: account?.UserName);
            }

            PasswordVerificationResult verdict = password is null
                ? PasswordVerificationResult.Success
                : accounts.PasswordHasher.VerifyHashedPassword(
                    account ?? Nobody, account?.PasswordHash ?? NobodysPassword.Value, password);
            if (account?.PasswordHash is null || verdict is PasswordVerificationResult.Failed || account.LockoutEnd > time.GetUtcNow())
            {
                return Refused(SignInFault.WrongCredentials);
            }

            if (await further(account) is { } fault)
            {
                if (fault is SignInFault.CodeNeeded)
                {
                    // Neither a failure nor a success: asking again and again must not clear what wrong codes have cost.
                    throttle.TakeBack(name, source);
                    return new Outcome(null, KnownName: account.UserName, Fault: fault);
                }

                return Refused(fault);
            }

            throttle.Succeed(name, source);
            if (verdict is PasswordVerificationResult.SuccessRehashNeeded)
            {
                account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password!);
                await accounts.UpdateAsync(account);
            }

            return new Outcome(account);

            Outcome Refused(SignInFault fault)
            {
                SignInWait? next = throttle.WaitOf(name, source);
                return new Outcome(null, next, next is not null, account?.UserName, fault);
            }
        }
        finally
        {
            queue.Leave();
        }
    }

    private async Task<SignInFault?> CheckFurtherAsync(Account account, string? code)
    {
        if (account.SecondFactor is not null)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                return SignInFault.CodeNeeded;
            }

            if (!await factors.UseAsync(account, code))
            {
                return SignInFault.WrongCode;
            }
        }

        return Office.Of(account, time.Today()) switch
        {
            OfficeState.NotBegun => SignInFault.OfficeNotBegun,
            OfficeState.Over => SignInFault.OfficeOver,
            _ => null,
        };
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
