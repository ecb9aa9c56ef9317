using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>Keeps a copy of the database before a new version changes it, so that the old version can be gone back to.</summary>
internal static class DatabaseCopy
{
    /// <summary>What the copies' names have between the database's name and the first change that they lack.</summary>
    public const string Before = ".before-";

    private const int MostCopies = 2;

    /// <summary>Copies the database if there is one that this version would change.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="records">What is kept in it.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <exception cref="StartupException">No copy can be kept, or the database is of a newer version.</exception>
    public static async Task KeepAsync(string path, RecordsContext records, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> applied = await SqliteHistory.ReadAsync(records, cancellationToken);
        RefuseNewer(records, applied);
        string? pending = records.Database.GetMigrations().Except(applied).FirstOrDefault();
        string copy = path + Before + pending;
        if (applied.Count > 0 && pending is not null && !File.Exists(copy))
        {
            await CopyAsync(path, copy, cancellationToken);
            RemoveOld(path);
        }
    }

    /// <summary>Leaves a database alone that a newer version has changed.</summary>
    /// <exception cref="StartupException">It has.</exception>
    public static void RefuseNewer(RecordsContext records, IEnumerable<string> applied)
    {
        if (applied.Except(records.Database.GetMigrations()).LastOrDefault() is { } newer)
        {
            throw new StartupException(
                $"数据库来自更新的版本，本版本不能使用 the database is of a newer version of Xunke ({newer}): start that one, or put a copy back (docs/backup.md)");
        }
    }

    // VACUUM INTO takes what is in the write-ahead log along, and leaves deleted rows out.
    private static async Task CopyAsync(string path, string copy, CancellationToken cancellationToken)
    {
        string unfinished = copy + ".part";
        try
        {
            File.Delete(unfinished);
            await using (var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
            {
                await connection.OpenAsync(cancellationToken);
                await using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.CommandTimeout = 0;
                command.Parameters.AddWithValue("$copy", unfinished);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(unfinished, copy);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"升级前无法保存数据库的副本（磁盘满？），数据库没有改动 no copy of the database can be kept before the upgrade (disk full?); nothing was changed: {fault.Message}", fault);
        }
    }

    private static void RemoveOld(string path)
    {
        string pattern = Path.GetFileName(path) + Before + "*";
        foreach (FileInfo old in new DirectoryInfo(Path.GetDirectoryName(path)!)
            .EnumerateFiles(pattern).OrderByDescending(file => file.CreationTimeUtc).Skip(MostCopies))
        {
            old.Delete();
        }
    }
}
