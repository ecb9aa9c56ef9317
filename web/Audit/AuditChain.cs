using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunke.Actors.Audit;

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
internal sealed record AuditVerdict(long Lines, long? BrokenAt, string Head, string? Reason);

/// <summary>
/// How the lines hold together. Each line's hash covers the hash of the line before it and all of its own fields, so that
/// changing, removing or inserting a line breaks every line after it; and it is made with a key, so that the chain cannot be
/// made anew. Lines from before there was a key are plain SHA-256 and are covered by the first sealed line, which names
/// their number and their last hash.
/// </summary>
internal static class AuditChain
{
    /// <summary>The action of the line that begins the sealed part.</summary>
    public const string Sealed = "audit.sealed";

    /// <summary>The hash before the first line.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>Checks a trail.</summary>
    /// <param name="lines">All lines, by number.</param>
    /// <param name="key">The key of the data directory.</param>
    /// <param name="head">A head that was exported earlier, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AuditVerdict> VerifyAsync(
        IAsyncEnumerable<AuditEntry> lines, AuditKey key, AuditHead? head, CancellationToken cancellationToken)
    {
        if (head?.IsMadeWith(key) == false)
        {
            return new AuditVerdict(0, head.Line, head.Hash, "foreign-head");
        }

        (long number, string previous, bool isSealed) = (0, Genesis, false);
        await foreach (AuditEntry line in lines.WithCancellation(cancellationToken))
        {
            number++;
            string? fault = FaultOf(line, number, previous, key, isSealed) ?? (head?.Line == number && head.Hash != line.Hash ? "replaced" : null);
            if (fault is not null)
            {
                return new AuditVerdict(number, number, previous, fault);
            }

            isSealed |= line.KeyId is not null;
            previous = line.Hash;
        }

        return !isSealed ? new AuditVerdict(number, number + 1, previous, "unsealed")
            : head?.Line > number ? new AuditVerdict(number, number + 1, previous, "cut-off")
            : new AuditVerdict(number, null, previous, null);
    }

    /// <summary>What the first sealed line says about the lines before it.</summary>
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
