using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Identity;

/// <summary>
/// Compares the sessions with the accounts, so that access which is taken away ends within seconds, by whatever way it was
/// taken: also by another process or by hand in the database.
/// </summary>
internal sealed class LoginWatch(
    IDbContextFactory<RecordsContext> records, Logins logins, LoginKeeper keeper, WorkGuard guard, TimeProvider time)
    : PeriodicWork("sessions", TimeSpan.FromSeconds(1), guard, time)
{
    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (LoginRow row in await LoginRow.ReadAllAsync(context, cancellationToken))
        {
            if (DateTimeOffset.FromUnixTimeMilliseconds(row.From) >= LeftBefore)
            {
                continue;
            }

            if (row.Why(Time.GetUtcNow(), Time.Today()) is null && row.Restore() is { } login && !logins.IsOver(login))
            {
                logins.Add(login);
            }
            else
            {
                await context.LoginSessions.Where(session => session.Id == row.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    // Guarded within, so that a failure does not put off the next look.
    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) =>
        Guard.TryAsync("sessions.compare", CompareAsync, cancellationToken);

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        // Taken first: a session that begins while the rows are read is not yet among them.
        Login[] known = [.. logins.All];
        foreach (Login login in known.Where(logins.IsOver))
        {
            await keeper.CutAsync(login, LoginEnd.Expired);
        }

        if (known.Length == 0)
        {
            return;
        }

        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        var rows = (await LoginRow.ReadAllAsync(context, cancellationToken)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        (DateTimeOffset now, DateOnly today) = (Time.GetUtcNow(), Time.Today());
        foreach (Login login in known)
        {
            if ((rows.TryGetValue(login.Id, out LoginRow? row) ? row.Why(now, today) : LoginEnd.Revoked) is { } why)
            {
                await keeper.CutAsync(login, why);
                continue;
            }

            login.HasSecondFactor = row!.HasSecondFactor;
        }
    }
}
