using System.CommandLine;
using Microsoft.Data.Sqlite;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary><c>xunke compact</c>: makes the database's file anew while no server runs, once after an upgrade of a large one.</summary>
internal static class CompactCommand
{
    /// <summary>The command.</summary>
    public static Command Describe()
    {
        var command = new Command("compact", "压缩数据库 shrinks the database, while no server runs")
        {
            DataArguments.DataOption, DataArguments.DatabaseOption,
        };
        command.SetAction((words, cancellationToken) =>
            RunAsync(
                DataArguments.Read(words), words.InvocationConfiguration.Output, words.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DataArguments named, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            if (DatabaseFeature.Choose(named.Database, DataDirectory.Beside(named.Directory)).Path is not { } path)
            {
                await output.WriteLineAsync("PostgreSQL 自行回收空间，无需压缩 PostgreSQL reuses space by itself; there is nothing to compact");
                return 0;
            }

            if (!File.Exists(path))
            {
                throw new StartupException($"没有数据库 there is no database {path}");
            }

            using var data = DataDirectory.Open(named.Directory);
            long before = new FileInfo(path).Length;
            await SqliteFile.CompactAsync(path, cancellationToken);
            await output.WriteLineAsync($"数据库已压缩 compacted: {before >> 20} -> {new FileInfo(path).Length >> 20} MiB");
            return 0;
        }
        catch (Exception fault) when (fault is StartupException or SqliteException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(fault.Message);
            return ServeCommand.CannotStart;
        }
    }
}
