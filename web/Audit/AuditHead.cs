using System.Globalization;

namespace Xunke.Web.Audit;

/// <summary>The last line of the trail at some time, sealed: kept elsewhere, it shows later whether lines were cut off the end or replaced.</summary>
/// <param name="Line">Its number; 0 for an empty trail.</param>
/// <param name="At">When it was written; null for an empty trail.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="ExportedAt">When this was made.</param>
/// <param name="KeyId">The key that sealed this.</param>
/// <param name="Seal">HMAC-SHA-256 over the rest.</param>
internal sealed record AuditHead(long Line, DateTimeOffset? At, string Hash, DateTimeOffset ExportedAt, string KeyId, string Seal)
{
    /// <summary>Makes one.</summary>
    public static AuditHead Make(AuditKey key, long line, DateTimeOffset? at, string hash, DateTimeOffset now) =>
        new(line, at, hash, now, key.Id, SealOf(key, line, at, hash, now));

    /// <summary>Whether it was made with this key.</summary>
    public bool IsMadeWith(AuditKey key) => KeyId == key.Id && Seal == SealOf(key, Line, At, Hash, ExportedAt);

    private static string SealOf(AuditKey key, long line, DateTimeOffset? at, string hash, DateTimeOffset now) => key.Seal(
        "xunke-audit-head-1",
        line.ToString(CultureInfo.InvariantCulture),
        at?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        hash,
        now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}
