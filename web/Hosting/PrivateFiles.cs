using System.Runtime.InteropServices;
using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>Keeps what lies in the data directory from the machine's other accounts: it holds children's data and the secrets of the
/// server.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Everybody =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode OtherAccounts = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode MayChange = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly string[] OwnDirectories = ["keys", "models", "recordings", "deletions", "heads", "rectifications", "lost+found"];

    /// <summary>From now on this process and its children make files that only its own account can read.</summary>
    public static void BeDefault() => _ = UserMask((uint)Everybody);

    /// <summary>Shuts a directory and what lies in it to other accounts.</summary>
    /// <param name="directory">The data directory.</param>
    /// <returns>What could not be shut, in Chinese and English.</returns>
    /// <exception cref="StartupException">It cannot be shut, or is plainly not a directory of its own.</exception>
    public static IReadOnlyList<string> Shut(string directory)
    {
        FileSystemInfo[] entries = [.. new DirectoryInfo(directory).EnumerateFileSystemInfos()];
        var warnings = new List<string>();
        UnixFileMode mode = File.GetUnixFileMode(directory);
        if ((mode & Everybody) != 0)
        {
            Check(directory, mode, entries);
            if (!TryShut(directory))
            {
                if ((mode & OtherAccounts) != 0)
                {
                    throw new StartupException(
                        $"其他帐号能读数据目录，它又不属于运行巡课的帐号 other accounts may read the data directory {directory}, and it belongs to another one: chown or chmod 700");
                }

                warnings.Add($"同组的帐号能读数据目录 accounts of its group may read the data directory {directory}");
            }
        }

        foreach (FileSystemInfo entry in entries)
        {
            FileSystemInfo? target = entry.ResolveLinkTarget(returnFinalTarget: true);
            if (target is { Exists: false })
            {
                continue;
            }

            if (target is DirectoryInfo elsewhere)
            {
                // Something else may live there, too.
                if ((elsewhere.UnixFileMode & Everybody) != 0)
                {
                    warnings.Add($"其他帐号能读 other accounts may read {elsewhere.FullName} (链接 linked from {entry.FullName})");
                }
            }
            else if (File.Exists(entry.FullName) || Directory.Exists(entry.FullName))
            {
                if ((File.GetUnixFileMode(entry.FullName) & Everybody) != 0 && !TryShut(entry.FullName))
                {
                    warnings.Add($"其他帐号能读 other accounts may read {entry.FullName}");
                }
            }
        }

        return warnings;
    }

    private static void Check(string directory, UnixFileMode mode, FileSystemInfo[] entries)
    {
        bool used = entries.Any(entry => entry.Name is DatabaseFeature.FileName or DataDirectory.LockFile);
        bool foreign = !used && entries.Any(entry => entry is DirectoryInfo && !OwnDirectories.Contains(entry.Name));
        if ((mode & UnixFileMode.StickyBit) != 0 || foreign)
        {
            throw new StartupException(
                $"{directory} 里有别的东西，其他帐号也能读：请给巡课一个单独的目录 holds other things and is open to other accounts: give Xunke a directory of its own (--data DIR)");
        }

        // Where others may write, a link may lead our writes to a file of theirs.
        if ((mode & MayChange) != 0 && entries.FirstOrDefault(entry => entry.LinkTarget is not null) is { } link)
        {
            throw new StartupException(
                $"其他帐号能改数据目录，里面有链接 other accounts may write to the data directory, and it holds a link: {link.FullName}; chmod 700 {directory}");
        }
    }

    private static bool TryShut(string path)
    {
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Everybody);
            return (File.GetUnixFileMode(path) & Everybody) == 0;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint UserMask(uint mask);
}
