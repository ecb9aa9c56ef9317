using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Persistence;

namespace Xunke.Web.Audit;

/// <summary>What checking the trail found.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="BrokenAt">Number of the first line that is missing, moved or changed; null when the chain holds.</param>
/// <param name="Head">Hash of the last line: kept elsewhere, it also shows that lines were cut off the end.</param>
internal sealed record AuditVerdict(long Lines, long? BrokenAt, string Head);

/// <summary>
/// The append-only audit trail. Each line's hash covers the hash of the line before, so that changing, removing or
/// inserting a line breaks every line after it.
/// </summary>
internal sealed class AuditTrail(IDbContextFactory<RecordsContext> records, TimeProvider time) : IDisposable
{
    /// <summary>The account named for what the server does by itself.</summary>
    public const string System = "system";

    private static readonly string Genesis = new('0', 64);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Adds a line.</summary>
    public async Task AppendAsync(string userName, string action, string subject, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            var last = await context.Audit.OrderByDescending(line => line.Id)
                .Select(line => new { line.Id, line.Hash })
                .FirstOrDefaultAsync(cancellationToken);
            long id = (last?.Id ?? 0) + 1;
            DateTimeOffset at = time.GetUtcNow();
            context.Audit.Add(new AuditEntry
            {
                Id = id,
                At = at,
                UserName = userName,
                Action = action,
                Subject = subject,
                Hash = HashOf(last?.Hash ?? Genesis, id, at, userName, action, subject),
            });
            await context.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the whole trail and checks every hash.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        string head = Genesis;
        long lines = 0;
        await foreach (AuditEntry line in context.Audit.AsNoTracking().OrderBy(line => line.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            lines++;
            string expected = HashOf(head, lines, line.At, line.UserName, line.Action, line.Subject);
            if (line.Id != lines || line.Hash != expected)
            {
                return new AuditVerdict(lines, lines, head);
            }

            head = line.Hash;
        }

        return new AuditVerdict(lines, null, head);
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private static string HashOf(string previous, long id, DateTimeOffset at, string userName, string action, string subject)
    {
        // A JSON array, because plain concatenation would let text move from one field to the next unnoticed.
        string content = JsonSerializer.Serialize<string[]>(
        [
            previous,
            id.ToString(CultureInfo.InvariantCulture),
            at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            userName,
            action,
            subject,
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}
