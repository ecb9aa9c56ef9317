using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Identity;

/// <summary>
/// Begins and ends sessions. An end is cut first (the cookie, requests, hub connections, pictures), which waits for nothing,
/// and then settled on record; <see cref="LoginRecorder"/> tries again what could not be written.
/// </summary>
internal sealed partial class LoginKeeper(
    IDbContextFactory<RecordsContext> records,
    Logins logins,
    IEnumerable<ILoginEnd> ends,
    AuditTrail audit,
    WorkGuard guard,
    TimeProvider time,
    ILogger<LoginKeeper> log)
{
    // Far above the browsers that a person has; it bounds what a script that signs in again and again leaves behind.
    private const int MostPerAccount = 200;

    private readonly ConcurrentDictionary<string, Login> _unsettled = new(StringComparer.Ordinal);

    /// <summary>Begins a session for somebody whose password was right, or whom a sign-in service has named.</summary>
    public async Task<Login> BeginAsync(Account account, string? service = null)
    {
        DateTimeOffset now = time.GetUtcNow();
        var row = new LoginSession
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            AccountId = account.Id,
            Granted = AccountState.Of(account).Digest(),
            From = now,
            SeenAt = now,
        };
        var login = new Login(row, account);
        await RecordAsync(
            context =>
            {
                context.LoginSessions.Add(row);
                return context.SaveChangesAsync();
            },
            (login.UserName, "session.opened", service is null ? login.UserName : $"{login.UserName} by {service}"));
        logins.Add(login);
        Login[] surplus =
            [.. logins.All.Where(one => one.AccountId == account.Id).OrderByDescending(one => one.SeenAt).Skip(MostPerAccount)];
        foreach (Login old in surplus)
        {
            await EndAsync(old, LoginEnd.Superseded);
        }

        return login;
    }

    /// <summary>Ends a session. Harmless when it has ended already.</summary>
    public async Task EndAsync(Login login, LoginEnd end)
    {
        if (await CutAsync(login, end))
        {
            await SettleAsync(login);
        }
    }

    /// <summary>Ends what is live of a session; <see cref="SettleAllAsync"/> puts it on record.</summary>
    /// <returns>False when it has ended already.</returns>
    public async Task<bool> CutAsync(Login login, LoginEnd end)
    {
        if (!logins.Remove(login))
        {
            return false;
        }

        _unsettled[login.Id] = login;
        foreach (ILoginEnd one in ends)
        {
            one.Cut(login.Id);
        }

        await login.CutAsync(end);
        LogEnded(login.UserName, end);
        return true;
    }

    /// <summary>Puts on record what has been cut.</summary>
    public async Task SettleAllAsync()
    {
        foreach (Login login in _unsettled.Values)
        {
            await SettleAsync(login);
        }
    }

    private async Task SettleAsync(Login login)
    {
        // Whoever takes it out settles it.
        if (!_unsettled.TryRemove(login.Id, out _))
        {
            return;
        }

        try
        {
            if (!login.IsEndOnRecord)
            {
                await RecordAsync(
                    context => context.LoginSessions.Where(row => row.Id == login.Id).ExecuteDeleteAsync(),
                    (login.UserName, "session.closed", $"{login.UserName} {Word(login.End)}"));
                login.IsEndOnRecord = true;
            }

            foreach (ILoginEnd one in ends)
            {
                await one.SettleAsync(login.Id);
            }
        }
        catch (Exception fault)
        {
            // A full disk or a busy file: the session has ended all the same, and its row must not bring it back.
            _unsettled[login.Id] = login;
            LogUnsettled(fault, login.UserName);
        }
    }

    // A session and its line are one deed. But a damaged trail takes no line until somebody mends it: health and log say so, and the
    // rooms must be seen meanwhile.
    private async Task RecordAsync(Func<RecordsContext, Task> write, (string UserName, string Action, string Subject) line)
    {
        try
        {
            await audit.CommitAsync(async deed =>
            {
                await write(deed.Records);
                deed.Tell(line.UserName, line.Action, line.Subject);
            });
        }
        catch (RecordsUnavailableException fault) when (fault.Fault == RecordsFault.Damaged)
        {
            guard.Failed("audit", fault);
            await using RecordsContext alone = await records.CreateDbContextAsync();
            await write(alone);
        }
    }

    private static string Word(LoginEnd? end) => end switch
    {
        LoginEnd.SignedOut => "signed-out",
        LoginEnd.Expired => "expired",
        LoginEnd.Locked => "account-locked",
        LoginEnd.Deleted => "account-deleted",
        LoginEnd.Changed => "account-changed",
        LoginEnd.Superseded => "superseded",
        LoginEnd.OutOfOffice => "out-of-office",
        _ => "revoked",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "A session of {UserName} has ended: {End}")]
    private partial void LogEnded(string userName, LoginEnd end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a session of {UserName} could not be put on record; it is tried again")]
    private partial void LogUnsettled(Exception fault, string userName);
}
