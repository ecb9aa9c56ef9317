using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Recordings;

namespace Xunke.Web.Retention;

/// <summary>Recordings that have ended. Their content is that of their files, one after the other. Each has a line of its own.</summary>
internal sealed class KeptRecordings(
    IDbContextFactory<RecordsContext> records, RecordingRemover remover, RecordingFolders folders, TimeProvider time) : IKeptKind
{
    private const int Portion = 20;

    /// <inheritdoc />
    public string Name => "recordings";

    /// <inheritdoc />
    public async IAsyncEnumerable<int> DeleteAsync(
        DateTimeOffset limit, DeletionList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await FindAsync(limit, cancellationToken) is { Count: > 0 } due)
        {
            foreach (Recording recording in due)
            {
                // A film takes a while to read: nobody waits for the database meanwhile.
                string sha256 = await HashAsync(recording.Id, cancellationToken);
                await list.AddAsync([new Deletion(recording.Id.ToString(), sha256)]);
                await remover.DeleteAsync(recording, AuditTrail.System, "recording.expired");
                yield return 1;
            }
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> FindLeftAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        // Each was a portion of its own.
        Guid[] last = [.. ids.TakeLast(1).Select(Guid.Parse)];
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Guid> left = await context.Recordings.Where(one => last.Contains(one.Id)).Select(one => one.Id).ToListAsync(cancellationToken);
        return left.Select(id => id.ToString()).ToHashSet();
    }

    private async Task<List<Recording>> FindAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await context.Recordings.AsNoTracking()
            .Where(one => one.To != null && (one.KeepUntil == null ? one.From < limit : one.KeepUntil < now))
            .OrderBy(one => one.From).Take(Portion).ToListAsync(cancellationToken);
    }

    private async Task<string> HashAsync(Guid recordingId, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        foreach (int part in folders.Parts(recordingId))
        {
            await using FileStream file = File.OpenRead(folders.Of(recordingId, part));
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and int length)
            {
                hash.AppendData(buffer, 0, length);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
