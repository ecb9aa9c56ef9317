using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunke.Analytics.Models;
using Xunke.Tests.Support;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Hosting;

/// <summary>What the program itself says, and how it exits, when it cannot go on.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-crash-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_thread_s_exception_ends_the_server_with_a_reason_and_an_exit_code_that_a_supervisor_restarts()
    {
        using Process server = Start("thread");
        try
        {
            string error = await server.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
            await server.WaitForExitAsync();

            server.ExitCode.ShouldNotBe(0);
            error.ShouldContain("Xunke ends because of a fault: the saboteur's thread");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_forgotten_task_s_exception_is_logged_and_ends_nothing()
    {
        using Process server = Start("task");
        try
        {
            string all = string.Empty;
            while (!all.Contains("A task failed that nobody waited for", StringComparison.Ordinal))
            {
                all += await server.StandardOutput.ReadLineAsync()
                    .WaitAsync(TimeSpan.FromSeconds(120)) ?? throw new InvalidOperationException($"the server ended: {all}");
            }

            server.HasExited.ShouldBeFalse();
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("Schools")]
    [InlineData("Rooms")]
    [InlineData("AspNetUsers")]
    public async Task What_the_rooms_view_needs_refuses_the_start_with_one_line_where_it_is_damaged(string table)
    {
        await using (await RunningApp.StartAsync(_data.FullName))
        {
        }

        await DamageAsync(table);
        using Process server = Start(string.Empty);
        string error = await server.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
        await server.WaitForExitAsync();

        server.ExitCode.ShouldBe(2, error);
        error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("malformed");
    }

    private async Task DamageAsync(string table)
    {
        SqliteConnection.ClearAllPools();
        string path = Path.Combine(_data.FullName, DatabaseFeature.FileName);
        long page;
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
            command.CommandText = $"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'";
            page = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        byte[] garbage = new byte[4096];
        new Random(1).NextBytes(garbage);
        await using FileStream file = File.OpenWrite(path);
        file.Position = (page - 1) * garbage.Length;
        await file.WriteAsync(garbage);
    }

    private Process Start(string sabotage)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"),
        [
            "--urls", "http://127.0.0.1:0", "--data", _data.FullName, "--Media:UdpPort", "0",
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            "--Demo:Cameras", "false", "--Decoding:Workers", "1",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(CrashTests).Assembly.Location;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[StartupHook.Variable] = sabotage;
        Process server = Process.Start(start)!;
        if (sabotage != "task")
        {
            server.OutputDataReceived += (_, _) => { };
            server.BeginOutputReadLine();
        }
        else
        {
            server.ErrorDataReceived += (_, _) => { };
            server.BeginErrorReadLine();
        }

        return server;
    }
}
