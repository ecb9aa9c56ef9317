using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;

namespace Xunke.Web.Audit;

/// <summary>
/// The append-only audit trail, and the one way to do what it tells of. A deed and its lines are committed together, one
/// deed at a time and never under the token of a request: whoever hangs up cannot stop it half-way.
/// </summary>
internal sealed class AuditTrail(IDbContextFactory<RecordsContext> records, AuditKeyFile keys, TimeProvider time) : IDisposable
{
    /// <summary>The account named for what the server does by itself.</summary>
    public const string System = "system";

    /// <summary>The account named for whoever works at the server's console.</summary>
    public const string Console = "console";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    // One deed of this process at a time; the database sees to other processes'.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Whether a name is not for an account, because the trail calls the server itself by it.</summary>
    public static bool IsReserved(string userName) =>
        userName.Equals(System, StringComparison.OrdinalIgnoreCase) || userName.Equals(Console, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds a line about something that changes no record, such as a look.</summary>
    /// <exception cref="RecordsUnavailableException">The line cannot be written; nothing may be shown or done.</exception>
    public Task RecordAsync(string userName, string action, string subject, string? purpose = null) =>
        CommitAsync(deed => deed.Tell(userName, action, subject, purpose));

    /// <summary>Does something that is on record and in the trail, or nothing of it.</summary>
    /// <exception cref="RecordsUnavailableException">The database cannot be written now. Nothing was done; it can be tried
    /// again.</exception>
    public Task CommitAsync(Action<Deed> write) => CommitAsync(deed =>
    {
        write(deed);
        return Task.CompletedTask;
    });

    /// <summary>Does something that is on record and in the trail, or nothing of it. Deeds do not nest.</summary>
    /// <exception cref="RecordsUnavailableException">The database cannot be written now. Nothing was done; it can be tried
    /// again.</exception>
    public Task CommitAsync(Func<Deed, Task> write) => CommitAsync(write, open: false, own: null);

    /// <summary>The same with a context that the caller has, such as the one that Identity's managers write to.</summary>
    /// <exception cref="RecordsUnavailableException">The database cannot be written now. Nothing was done; it can be tried
    /// again.</exception>
    public Task CommitAsync(RecordsContext own, Func<Deed, Task> write) => CommitAsync(write, open: false, own);

    /// <summary>Makes the key where there is none, and seals the lines from before there was one.</summary>
    /// <exception cref="RecordsUnavailableException">The trail cannot be read or written; the next deed does it.</exception>
    public Task OpenAsync() => CommitAsync(_ => Task.CompletedTask, open: true, own: null);

    /// <summary>Reads the whole trail and checks every line.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="head">A head that was exported earlier: then lines that were cut off the end are seen too.</param>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken, AuditHead? head = null)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await AuditChain.VerifyAsync(context, keys.Key, head, cancellationToken);
    }

    /// <summary>The head of the trail now.</summary>
    public async Task<AuditHead> HeadAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        AuditEntry? last = await context.Audit.AsNoTracking().OrderByDescending(line => line.Id).FirstOrDefaultAsync(cancellationToken);
        return AuditHead.Make(keys.Key, last?.Id ?? 0, last?.At, last?.Hash ?? AuditChain.Genesis, time.GetUtcNow());
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task CommitAsync(Func<Deed, Task> write, bool open, RecordsContext? own)
    {
        if (!await _turn.WaitAsync(LongestWait))
        {
            throw RecordsUnavailableException.Busy();
        }

        try
        {
            await using RecordsContext? made = own is null ? await records.CreateDbContextAsync() : null;
            RecordsContext context = own ?? made!;
            await using IDbContextTransaction transaction = await context.BeginDeedAsync();
            var deed = new Deed(context);
            await write(deed);
            if (deed.IsGivenUp)
            {
                return;
            }

            bool told = deed.Lines.Count > 0 || open;
            if (told)
            {
                await AddAsync(context, deed.Lines);
            }

            await context.SaveChangesAsync();
            await transaction.CommitAsync();
            deed.TakeEffect();
            if (told)
            {
                keys.Settle();
            }
        }
        catch (Exception fault) when (RecordsUnavailableException.Of(fault) is { } unavailable)
        {
            throw unavailable;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task AddAsync(RecordsContext context, IReadOnlyList<Deed.Line> lines)
    {
        var last = await context.Audit.OrderByDescending(line => line.Id)
            .Select(line => new { line.Id, line.Hash, line.KeyId })
            .FirstOrDefaultAsync();
        (long id, string hash) = (last?.Id ?? 0, last?.Hash ?? AuditChain.Genesis);
        if (keys.MustSeal(last?.KeyId, last is null))
        {
            lines = [new Deed.Line(System, AuditChain.Sealed, AuditChain.SealedSubject(id, hash), Purpose: null), .. lines];
        }

        DateTimeOffset at = time.GetUtcNow();
        foreach (Deed.Line line in lines)
        {
            var entry = new AuditEntry
            {
                Id = ++id,
                At = at,
                UserName = line.UserName,
                Action = line.Action,
                Subject = line.Subject,
                Purpose = line.Purpose,
                KeyId = keys.Key.Id,
            };
            entry.Hash = hash = AuditChain.HashOf(keys.Key, hash, entry);
            context.Audit.Add(entry);
        }
    }
}
