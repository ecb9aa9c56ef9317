using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Records;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web.Health;

/// <summary><c>/health/ready</c> tells what does not work, though everything can still be read.</summary>
public sealed class ReadinessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-ready-");

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000000")]
    [InlineData("PRAGMA query_only = 1", "PRAGMA query_only = 0")]
    public async Task A_database_that_takes_nothing_more_is_told_and_so_is_its_recovery(string trouble, string recovery)
    {
        var pragma = new PragmaOnOpen();
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<IInterceptor>(pragma));
        using HttpClient anyone = app.Anonymous();
        (await StatusAsync(anyone)).ShouldBe((HttpStatusCode.OK, "healthy"));

        pragma.Statement = trouble;
        await Eventually.TrueAsync(async () => await StatusAsync(anyone) == (HttpStatusCode.ServiceUnavailable, "unhealthy"), Patience);
        (await anyone.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        pragma.Statement = recovery;
        await Eventually.TrueAsync(async () => await StatusAsync(anyone) == (HttpStatusCode.OK, "healthy"), Patience);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told()
    {
        if (!await RunAsync("mount", "-t", "tmpfs", "-o", "size=48m,mode=0700", "tmpfs", _data.FullName))
        {
            Assert.Skip("no file system can be mounted here");
        }

        try
        {
            await using RunningApp app = await RunningApp.StartAsync(_data.FullName);
            using HttpClient anyone = app.Anonymous();
            (await StatusAsync(anyone)).ShouldBe((HttpStatusCode.OK, "healthy"));

            Fill(Path.Combine(_data.FullName, "filler"));
            await Eventually.TrueAsync(async () => await StatusAsync(anyone) == (HttpStatusCode.ServiceUnavailable, "unhealthy"), Patience);

            File.Delete(Path.Combine(_data.FullName, "filler"));
            await Eventually.TrueAsync(async () => await StatusAsync(anyone) == (HttpStatusCode.OK, "healthy"), Patience);
        }
        finally
        {
            await RunAsync("umount", "-l", _data.FullName);
        }
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_told()
    {
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName);
        using HttpClient anyone = app.Anonymous();
        (await StatusAsync(anyone, "keys")).ShouldBe((HttpStatusCode.OK, "healthy"));

        foreach (string file in Directory.EnumerateFiles(_data.FullName, "key-*.xml", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(file, "garbage");
        }

        await Eventually.TrueAsync(
            async () => await StatusAsync(anyone, "keys") == (HttpStatusCode.ServiceUnavailable, "unhealthy"), Patience);
    }

    [Fact]
    public async Task A_trail_that_takes_no_line_is_told()
    {
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName);
        using HttpClient anyone = app.Anonymous();
        (await StatusAsync(anyone, "audit")).ShouldBe((HttpStatusCode.OK, "healthy"));
        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().Database.ExecuteSqlRawAsync(
                "ALTER TABLE \"Audit\" RENAME TO \"Gone\"");
        }

        await Eventually.TrueAsync(
            async () => await StatusAsync(anyone, "audit") == (HttpStatusCode.ServiceUnavailable, "unhealthy"), Patience);
    }

    private static async Task<(HttpStatusCode Ready, string Check)> StatusAsync(HttpClient anyone, string check = "database")
    {
        using HttpResponseMessage answer = await anyone.GetAsync("/health/ready");
        JsonElement ready = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, ready.GetProperty("checks").GetProperty(check).GetString()!);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            byte[] block = new byte[1 << 16];
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a statement on every connection of the records before it is used.</summary>
    private sealed class PragmaOnOpen : DbConnectionInterceptor
    {
        public volatile string? Statement;

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Run(connection);
            return Task.CompletedTask;
        }

        private void Run(DbConnection connection)
        {
            if (Statement is { } statement)
            {
                using DbCommand command = connection.CreateCommand();
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
        }
    }
}
