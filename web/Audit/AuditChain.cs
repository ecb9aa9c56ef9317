using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;

namespace Xunke.Web.Audit;

/// <summary>What checking the trail found.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="BrokenAt">Number of the first line that is missing, moved or changed; null when the chain holds.</param>
/// <param name="Head">Hash of the last line that was read.</param>
/// <param name="Reason">
/// Why the chain does not hold: <c>missing</c>, <c>changed</c>, <c>unsealed</c> (not made with a key), <c>unknown-key</c>,
/// <c>replaced</c> (not the line of the exported head), <c>cut-off</c> (shorter than the exported head), <c>foreign-head</c>
/// (the head was not exported by this trail's key). Null when it holds.
/// </param>
/// <param name="First">Number of the first line that is kept; more than 1 where older lines were deleted after their days.</param>
internal sealed record AuditVerdict(long Lines, long? BrokenAt, string Head, string? Reason, long First = 1);

/// <summary>
/// How the lines hold together. Each line's hash covers the hash of the line before it and all of its own fields, so that
/// changing, removing or inserting a line breaks every line after it; and it is made with a key, so that the chain cannot be
/// made anew. Lines from before there was a key are plain SHA-256 and are covered by the first sealed line, which names
/// their number and their last hash. Where the oldest lines were deleted after their days, a later line names the last of
/// them and its hash: the chain begins there.
/// </summary>
internal static class AuditChain
{
    /// <summary>The action of the line that begins the sealed part.</summary>
    public const string Sealed = "audit.sealed";

    /// <summary>The action of a line that tells which lines were deleted from the beginning.</summary>
    public const string Shortened = "audit.shortened";

    /// <summary>The hash before the first line.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>Checks the trail on record.</summary>
    /// <param name="records">The records.</param>
    /// <param name="key">The key of the data directory.</param>
    /// <param name="head">A head that was exported earlier, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AuditVerdict> VerifyAsync(
        RecordsContext records, AuditKey key, AuditHead? head, CancellationToken cancellationToken)
    {
        string? anchor = await AnchorAsync(records, cancellationToken);
        while (true)
        {
            AuditVerdict verdict = await VerifyAsync(
                records.Audit.AsNoTracking().OrderBy(line => line.Id).AsAsyncEnumerable(), key, head, anchor, cancellationToken);
            string? now = verdict.BrokenAt is null ? anchor : await AnchorAsync(records, cancellationToken);
            if (now == anchor)
            {
                return verdict;
            }

            // The trail was shortened while it was read.
            anchor = now;
        }
    }

    /// <summary>What the first sealed line, and one that tells of deleted lines, say about the lines before.</summary>
    public static string SealedSubject(long lines, string head) => string.Create(CultureInfo.InvariantCulture, $"{lines} {head}");

    /// <summary>The hash of a line.</summary>
    /// <param name="key">The key; null for a line from before there was one.</param>
    /// <param name="previous">The hash of the line before.</param>
    /// <param name="line">The line.</param>
    public static string HashOf(AuditKey? key, string previous, AuditEntry line)
    {
        string id = line.Id.ToString(CultureInfo.InvariantCulture);
        string at = line.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        // JSON arrays, because plain concatenation would let text move from one field to the next unnoticed.
        return key is not null
            ? key.Seal("xunke-audit-1", previous, id, at, line.UserName, line.Action, line.Subject, line.Purpose)
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize<string[]>([previous, id, at, line.UserName, line.Action, line.Subject]))));
    }

    private static Task<string?> AnchorAsync(RecordsContext records, CancellationToken cancellationToken) =>
        records.Audit.AsNoTracking().Where(line => line.Action == Shortened).OrderByDescending(line => line.Id)
            .Select(line => line.Subject).FirstOrDefaultAsync(cancellationToken);

    private static async Task<AuditVerdict> VerifyAsync(
        IAsyncEnumerable<AuditEntry> lines, AuditKey key, AuditHead? head, string? anchor, CancellationToken cancellationToken)
    {
        if (head?.IsMadeWith(key) == false)
        {
            return new AuditVerdict(0, head.Line, head.Hash, "foreign-head");
        }

        (long cut, string before) = ReadAnchor(anchor);
        (long number, string previous, bool isSealed, bool isAnchored) = (cut, before, false, cut == 0);
        if (head?.Line == cut && head.Hash != before)
        {
            return new AuditVerdict(cut, cut, before, "replaced", cut + 1);
        }

        await foreach (AuditEntry line in lines.WithCancellation(cancellationToken))
        {
            number++;
            // Only lines with a key follow lines with a key, so after a cut the first one tells which part it is.
            isSealed |= number == cut + 1 && cut > 0 && line.KeyId is not null;
            string? fault = FaultOf(line, number, previous, key, isSealed)
                ?? (head?.Line == number && head.Hash != line.Hash ? "replaced" : null);
            if (fault is not null)
            {
                return new AuditVerdict(number, number, previous, fault, cut + 1);
            }

            isSealed |= line.KeyId is not null;
            isAnchored |= line.KeyId is not null && line.Action == Shortened && line.Subject == anchor;
            previous = line.Hash;
        }

        return !isSealed ? new AuditVerdict(number, number + 1, previous, "unsealed", cut + 1)
            : !isAnchored || head?.Line > number ? new AuditVerdict(number, number + 1, previous, "cut-off", cut + 1)
            : new AuditVerdict(number, null, previous, null, cut + 1);
    }

    // What somebody else wrote there is no anchor; then the first line is missing.
    private static (long Line, string Hash) ReadAnchor(string? anchor) =>
        anchor?.Split(' ') is [string line, { Length: 64 } hash]
            && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? (number, hash)
            : (0, Genesis);

    private static string? FaultOf(AuditEntry line, long number, string previous, AuditKey key, bool isSealed)
    {
        if (line.Id != number)
        {
            return "missing";
        }

        if (line.KeyId is null)
        {
            return isSealed ? "unsealed" : line.Purpose is null && line.Hash == HashOf(null, previous, line) ? null : "changed";
        }

        return line.KeyId != key.Id ? "unknown-key"
            : line.Hash != HashOf(key, previous, line) ? "changed"
            : !isSealed && (line.Action != Sealed || line.Subject != SealedSubject(number - 1, previous)) ? "unsealed"
            : null;
    }
}
