using System.Security.Cryptography;
using Xunke.Actors.Rectifications;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Rectifications;

/// <summary>A file that came whole, and what it is.</summary>
internal sealed record ReceivedFile(Guid Id, RectificationFileKind Kind, long Size, string Sha256);

/// <summary>Why a file was not taken.</summary>
internal enum FileRefusal
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It is larger than <see cref="RectificationFile.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Its content is of no kind that is taken.</summary>
    OtherKind,
}

/// <summary>
/// The files of answers, in a directory of the data directory, each under a random name without an ending. What was not received whole
/// has an ending of its own and goes at once, or at the next start.
/// </summary>
internal sealed class RectificationFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Unfinished = ".part";

    /// <summary>Creates the directory when it is missing.</summary>
    /// <exception cref="StartupException">It cannot be made.</exception>
    public RectificationFiles(DataDirectory data)
    {
        Root = data.Combine("rectifications");
        try
        {
            Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"整改附件的目录无法创建 cannot create the directory of rectifications' files {Root}: {fault.Message}", fault);
        }
    }

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>Where a file lies.</summary>
    public string Of(Guid fileId) => Path.Combine(Root, fileId.ToString("N"));

    /// <summary>Receives a file; what is refused or breaks off leaves nothing.</summary>
    /// <exception cref="IOException">It cannot be written, or the sender hung up.</exception>
    public async Task<(ReceivedFile? File, FileRefusal Refusal)> ReceiveAsync(Stream body, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        string unfinished = Of(id) + Unfinished;
        try
        {
            await using (var file = new FileStream(unfinished, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = OwnerOnly,
                Options = FileOptions.Asynchronous,
            }))
            {
                string? sha256 = await CopyAsync(body, file, cancellationToken);
                if (sha256 is null)
                {
                    return (null, FileRefusal.TooLarge);
                }

                if (file.Length == 0)
                {
                    return (null, FileRefusal.Empty);
                }

                file.Flush(flushToDisk: true);
                file.Position = 0;
                if (FileContent.KindOf(file) is not { } kind)
                {
                    return (null, FileRefusal.OtherKind);
                }

                File.Move(unfinished, Of(id));
                return (new ReceivedFile(id, kind, file.Length, sha256), FileRefusal.None);
            }
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Deletes a file; harmless when there is none.</summary>
    public void Delete(Guid fileId) => File.Delete(Of(fileId));

    /// <summary>Deletes all that is not on record; nothing may be on its way meanwhile.</summary>
    public void DeleteAllBut(IReadOnlySet<Guid> known)
    {
        foreach (string path in Directory.EnumerateFiles(Root))
        {
            if (!Guid.TryParseExact(Path.GetFileName(path), "N", out Guid id) || !known.Contains(id))
            {
                File.Delete(path);
            }
        }
    }

    private static async Task<string?> CopyAsync(Stream body, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and int length)
        {
            size += length;
            if (size > RectificationFile.MostBytes)
            {
                return null;
            }

            hash.AppendData(buffer, 0, length);
            await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
