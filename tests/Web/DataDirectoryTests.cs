using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Xunke.Analytics.Models;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web;

/// <summary>What lies in the data directory is for the server's account alone, and a copy of the database is kept before an
/// upgrade.</summary>
public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-private-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_directory_that_others_could_read_is_shut_with_all_that_lies_in_it()
    {
        await using (await RunningApp.StartAsync(Data))
        {
        }

        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101);
        foreach (string entry in Directory.EnumerateFileSystemEntries(Data))
        {
            File.SetUnixFileMode(entry, File.GetUnixFileMode(entry) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        await using RunningApp app = await RunningApp.StartAsync(Data);

        File.GetUnixFileMode(Data).ShouldBe((UnixFileMode)0b111_000_000);
        string[] readable = [.. Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories)
            .Where(entry => (File.GetUnixFileMode(entry) & Everybody) != 0)];
        readable.ShouldBeEmpty();
        File.Exists(Path.Combine(Data, "xunke.db")).ShouldBeTrue();
    }

    [Fact]
    public void A_database_that_is_linked_is_shut_and_a_directory_that_is_linked_is_named()
    {
        Directory.CreateDirectory(Data);
        string database = Path.Combine(_folder.FullName, "elsewhere.db"), recordings = Path.Combine(_folder.FullName, "elsewhere");
        File.WriteAllText(database, string.Empty);
        File.SetUnixFileMode(database, (UnixFileMode)0b110_100_100);
        Directory.CreateDirectory(recordings, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(recordings, (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Path.Combine(Data, "xunke.db"), database);
        Directory.CreateSymbolicLink(Path.Combine(Data, "recordings"), recordings);
        File.CreateSymbolicLink(Path.Combine(Data, "nowhere"), Path.Combine(_folder.FullName, "gone"));

        using var data = DataDirectory.Open(Data);

        File.GetUnixFileMode(database).ShouldBe((UnixFileMode)0b110_000_000);
        data.Warnings.ShouldHaveSingleItem().ShouldContain(recordings);
        File.GetUnixFileMode(recordings).ShouldBe((UnixFileMode)0b111_101_101);
    }

    [Fact]
    public void A_directory_of_other_things_is_not_shut_but_refused()
    {
        Directory.CreateDirectory(Path.Combine(Data, "photos"));
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101);

        Should.Throw<StartupException>(() => DataDirectory.Open(Data)).Message.ShouldContain("--data DIR");

        File.GetUnixFileMode(Data).ShouldBe((UnixFileMode)0b111_101_101);
        Directory.EnumerateFileSystemEntries(Data).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_directory_in_which_others_could_have_put_a_link_is_refused()
    {
        Directory.CreateDirectory(Data);
        File.CreateSymbolicLink(Path.Combine(Data, "xunke.lock"), Path.Combine(_folder.FullName, "victim"));
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_111_111);

        Should.Throw<StartupException>(() => DataDirectory.Open(Data)).Message.ShouldContain("xunke.lock");

        File.Exists(Path.Combine(_folder.FullName, "victim")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_copy_of_the_database_is_kept_before_an_upgrade_and_only_then()
    {
        await using (await RunningApp.StartAsync(Data))
        {
        }

        Copies().ShouldBeEmpty();
        string database = Path.Combine(Data, "xunke.db");
        // An older version's database: one table, one column and one migration short.
        string last = Execute(database, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId LIMIT 1")!;
        Execute(database, "CREATE TABLE Kept (Id INTEGER)");
        Execute(database, $"DELETE FROM __EFMigrationsHistory WHERE MigrationId <> '{last}'");

        // The rest cannot be applied twice; what counts is that the copy comes first.
        await Should.ThrowAsync<StartupException>(() => RunningApp.StartAsync(Data));
        await Should.ThrowAsync<StartupException>(() => RunningApp.StartAsync(Data));

        string copy = Copies().ShouldHaveSingleItem();
        copy.ShouldNotContain(last);
        File.GetUnixFileMode(copy).ShouldBe((UnixFileMode)0b110_000_000);
        Execute(copy, "SELECT name FROM sqlite_master WHERE name = 'Kept'").ShouldBe("Kept");
        Execute(copy, "SELECT COUNT(*) FROM AspNetUsers").ShouldBe("3");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using (await RunningApp.StartAsync(Data))
        {
        }

        Execute(Path.Combine(Data, "xunke.db"), "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99')");

        (await Should.ThrowAsync<StartupException>(() => RunningApp.StartAsync(Data))).Message.ShouldContain("29990101000000_Later");
    }

    [Theory]
    [InlineData("http://[::]:8080", true)]
    [InlineData("http://*:8080", true)]
    [InlineData("http://10.0.0.5:80", true)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://[::1]:8080", false)]
    [InlineData("https://*:8443", false)]
    public void Plain_http_for_other_machines_is_warned_of(string address, bool warned) => PlainHttp.IsOpen([address]).ShouldBe(warned);

    [Fact]
    public async Task What_the_server_prints_into_a_log_holds_no_password()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke")) { RedirectStandardOutput = true };
        Array.ForEach(
            [
                "--urls", "http://*:0", "--Media:UdpPort", "0", "--data", Data, "--Demo:Cameras", "false",
                "--Demo:Password", RunningApp.Password,
                "--Decoding:Workers", "1", "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            ],
            start.ArgumentList.Add);
        using Process server = Process.Start(start)!;
        try
        {
            string said = string.Empty;
            while (!said.Contains("administrator", StringComparison.Ordinal))
            {
                said += await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(120)) + "\n";
            }

            said.ShouldContain("plain HTTP");
            said.ShouldContain("demo-accounts.json");
            said.ShouldNotContain(RunningApp.Password);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private string[] Copies() => Directory.GetFiles(Data, "xunke.db" + DatabaseCopy.Before + "*");

    private static string? Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
