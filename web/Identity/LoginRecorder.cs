using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Identity;

/// <summary>
/// Writes what has become of sessions. Apart from <see cref="LoginWatch"/>, because what is written may have to wait, and looking must not.
/// </summary>
internal sealed class LoginRecorder(
    IDbContextFactory<RecordsContext> records, Logins logins, LoginKeeper keeper, WorkGuard guard, TimeProvider time)
    : PeriodicWork("sessions.records", TimeSpan.FromSeconds(1), guard, time)
{
    // When a session was last used is written this often; after a crash it counts as idle from then on.
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        await keeper.SettleAllAsync();
        await NoteSeenAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task FinishAsync(CancellationToken cancellationToken) => keeper.SettleAllAsync();

    private async Task NoteSeenAsync(CancellationToken cancellationToken)
    {
        Login[] used = [.. logins.All.Where(login => login.SeenAt - login.StoredSeenAt >= Noted)];
        if (used.Length == 0)
        {
            return;
        }

        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (Login login in used)
        {
            DateTimeOffset seenAt = login.SeenAt;
            await context.LoginSessions.Where(row => row.Id == login.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.SeenAt, seenAt), cancellationToken);
            login.StoredSeenAt = seenAt;
        }
    }
}
