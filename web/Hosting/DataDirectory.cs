using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>The data directory, which a server holds against a second one by a lock file.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Held by the one server that uses the directory.</summary>
    public const string LockFile = "xunke.lock";

    private readonly FileStream? _lock;

    private DataDirectory(string path, FileStream? held, IReadOnlyList<string> warnings) =>
        (Path, _lock, Warnings) = (path, held, warnings);

    /// <summary>What other accounts of this machine may read, in Chinese and English.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Creates the directory when missing, shuts it to other accounts and takes the lock.</summary>
    /// <exception cref="StartupException">It cannot be written or shut, or another server holds it.</exception>
    public static DataDirectory Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        PrivateFiles.BeDefault();
        IReadOnlyList<string> warnings;
        try
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
            warnings = PrivateFiles.Shut(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"数据目录无法创建 cannot create the data directory {path}: {fault.Message}", fault);
        }

        string lockFile = System.IO.Path.Combine(path, LockFile);
        try
        {
            return new DataDirectory(path, new FileStream(lockFile, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = OwnerOnly,
            }), warnings);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StartupException($"数据目录不可写 cannot write to the data directory {path}", fault);
        }
        catch (IOException fault)
        {
            throw new StartupException(
                $"数据目录不可写或已被另一个巡课占用 the data directory {path} cannot be written or another Xunke uses it: {fault.Message}", fault);
        }
    }

    /// <summary>The directory for a command at the console, beside the server that holds it.</summary>
    public static DataDirectory Beside(string path) => new(System.IO.Path.GetFullPath(path), null, []);

    /// <summary>The full path of something in the directory.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a new file that only this account can read.</summary>
    public void WriteSecret(string name, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(Combine(name), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(content);
    }

    /// <summary>Opens a file that only this account can read, made when missing, to write at its end.</summary>
    public FileStream AppendSecret(string name)
    {
        var file = new FileStream(Combine(name), new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        // It may be there already, with the mode that an editor left it.
        File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        return file;
    }

    /// <inheritdoc />
    public void Dispose() => _lock?.Dispose();
}
