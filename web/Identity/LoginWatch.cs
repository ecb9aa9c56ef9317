using Microsoft.EntityFrameworkCore;

namespace Xunke.Web.Identity;

/// <summary>
/// Compares the sessions with the accounts, so that access which is taken away ends within seconds, by whatever way it was
/// taken: also by another process or by hand in the database.
/// </summary>
internal sealed partial class LoginWatch(
    IDbContextFactory<AccountsContext> accounts, Logins logins, LoginKeeper keeper, TimeProvider time, ILogger<LoginWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // When a session was last used is written this often; after a crash it counts as idle from then on.
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RestoreAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Then everybody signs in again, which is no reason not to start.
            LogNotRestored(fault);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await keeper.SettleAllAsync();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Apart, because what is written may have to wait, and looking must not wait for that.
        Task.WhenAll(RepeatAsync(CompareAsync, stoppingToken), RepeatAsync(_ => keeper.SettleAllAsync(), stoppingToken), RepeatAsync(NoteSeenAsync, stoppingToken));

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await work(stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFault(fault);
                }
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await using AccountsContext context = await accounts.CreateDbContextAsync(cancellationToken);
        foreach (LoginRow row in await LoginRow.ReadAllAsync(context, cancellationToken))
        {
            if (row.Why(time.GetUtcNow()) is null && row.Restore() is { } login && !logins.IsOver(login))
            {
                logins.Add(login);
            }
            else
            {
                await context.LoginSessions.Where(session => session.Id == row.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        // Taken first: a session that begins while the rows are read is not yet among them.
        Login[] known = [.. logins.All];
        foreach (Login login in known.Where(logins.IsOver))
        {
            await keeper.CutAsync(login, LoginEnd.Expired);
        }

        await using AccountsContext context = await accounts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, LoginRow> rows = (await LoginRow.ReadAllAsync(context, cancellationToken)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        DateTimeOffset now = time.GetUtcNow();
        foreach (Login login in known)
        {
            if ((rows.TryGetValue(login.Id, out LoginRow? row) ? row.Why(now) : LoginEnd.Revoked) is { } why)
            {
                await keeper.CutAsync(login, why);
            }
        }
    }

    private async Task NoteSeenAsync(CancellationToken cancellationToken)
    {
        Login[] used = [.. logins.All.Where(login => login.SeenAt - login.StoredSeenAt >= Noted)];
        if (used.Length == 0)
        {
            return;
        }

        await using AccountsContext context = await accounts.CreateDbContextAsync(cancellationToken);
        foreach (Login login in used)
        {
            DateTimeOffset seenAt = login.SeenAt;
            await context.LoginSessions.Where(row => row.Id == login.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.SeenAt, seenAt), cancellationToken);
            login.StoredSeenAt = seenAt;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sessions of before cannot be read; everybody has to sign in again")]
    private partial void LogNotRestored(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Comparing the sessions with the accounts failed; it goes on in a moment")]
    private partial void LogFault(Exception fault);
}
