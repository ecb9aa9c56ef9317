using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Audit;

/// <summary>
/// Keeps the key of the audit trail in the data directory. A new key counts only once the line that seals what is there
/// already has been written, so that unsealed lines are never taken in a second time.
/// </summary>
internal sealed class AuditKeyFile(DataDirectory data)
{
    private const string PendingFileName = AuditKey.FileName + ".new";

    private AuditKey? _key;
    private bool _pending;

    /// <summary>The key; read, or made, when it is first asked for.</summary>
    /// <exception cref="StartupException">The file is damaged.</exception>
    public AuditKey Key => _key ??= Load();

    /// <summary>Whether the next line must be the one that begins the sealed part.</summary>
    /// <param name="lastKeyId">The key of the last line.</param>
    /// <param name="isEmpty">There is no line.</param>
    public bool MustSeal(string? lastKeyId, bool isEmpty)
    {
        // Reading the key tells whether it is new.
        string own = Key.Id;
        return isEmpty || (_pending && lastKeyId != own);
    }

    /// <summary>A line that this key seals is on record.</summary>
    public void Settle()
    {
        if (!_pending)
        {
            return;
        }

        try
        {
            File.Move(data.Combine(PendingFileName), data.Combine(AuditKey.FileName));
            _pending = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The line that tells of it is on record: the next line, or the next start, settles it.
        }
    }

    private AuditKey Load()
    {
        if (AuditKey.Read(data.Combine(AuditKey.FileName)) is { } key)
        {
            return key;
        }

        _pending = true;
        if (AuditKey.Read(data.Combine(PendingFileName)) is { } begun)
        {
            return begun;
        }

        key = AuditKey.Make(out byte[] content);
        data.WriteSecret(PendingFileName, content);
        return key;
    }
}
