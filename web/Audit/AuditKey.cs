using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunke.Web.Configuration;

namespace Xunke.Web.Audit;

/// <summary>
/// The key that seals the audit trail: a file of the data directory, like the other keys, and never in the database. Who
/// can only write the database cannot make a line.
/// </summary>
internal sealed class AuditKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>The key's file in the data directory.</summary>
    public const string FileName = "audit.key";

    private readonly byte[] _key;

    /// <summary>Wraps a key.</summary>
    public AuditKey(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length);
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "xunke-audit-key"u8, .. key]))[..16];
    }

    /// <summary>Names the key without telling it: 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>A new key.</summary>
    public static AuditKey Make(out byte[] content)
    {
        content = RandomNumberGenerator.GetBytes(Length);
        return new AuditKey(content);
    }

    /// <summary>The key in a file, or null where there is none.</summary>
    /// <exception cref="StartupException">The file is no key, or cannot be read.</exception>
    public static AuditKey? Read(string path)
    {
        try
        {
            byte[] content = File.Exists(path) ? File.ReadAllBytes(path) : [];
            return content.Length switch
            {
                Length => new AuditKey(content),
                0 when !File.Exists(path) => null,
                _ => throw new StartupException(
                    $"审计密钥已损坏 {path} is damaged: restore it from a backup, or remove it; then older lines can no longer be verified"),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"审计密钥无法读取 cannot read {path}: {fault.Message}", fault);
        }
    }

    /// <summary>HMAC-SHA-256 over fields, in lower-case hex.</summary>
    public string Seal(params IReadOnlyList<string?> fields) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(fields))));
}
