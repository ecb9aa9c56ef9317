using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Models;
using Xunke.Tests.Streaming.Rtsp;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web;

/// <summary>How the server starts, refuses to start, and stops. The refusals run the program itself.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-start-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_web_port_in_use_is_one_clear_line_and_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await RefusesAsync($"{port}", "--urls", $"http://127.0.0.1:{port}", "--Media:UdpPort", "0");
    }

    [Fact]
    public async Task A_media_port_in_use_is_one_clear_line_and_exit_code_2()
    {
        using var taken = new UdpClient(new IPEndPoint(IPAddress.Any, 0));
        int port = ((IPEndPoint)taken.Client.LocalEndPoint!).Port;

        await RefusesAsync($"{port}", "--urls", "http://127.0.0.1:0", "--Media:UdpPort", $"{port}");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_one_clear_line_and_exit_code_2()
    {
        string file = Path.Combine(_data.FullName, "a-file");
        await File.WriteAllTextAsync(file, string.Empty);

        await RefusesAsync(file, "--data", Path.Combine(file, "data"));
    }

    [Theory]
    [InlineData("--port", "eighty")]
    [InlineData("--Media:UdpPort", "70000")]
    [InlineData("--Demo:Password", "short")]
    [InlineData("--frobnicate", "yes")]
    public async Task A_wrong_argument_or_setting_is_one_clear_line_and_exit_code_2(string name, string value) =>
        await RefusesAsync(name.Split(':')[^1].TrimStart('-'), name, value);

    [Fact]
    public async Task Two_servers_do_not_share_a_data_directory()
    {
        await using RunningApp first = await RunningApp.StartAsync(Path.Combine(_data.FullName, "shared"));

        await Should.ThrowAsync<StartupException>(() => RunningApp.StartAsync(first.Data));
    }

    [Fact]
    public async Task Without_the_demo_the_first_start_makes_one_administrator_and_no_school()
    {
        await using RunningApp app = await RunningApp.StartAsync(null, "--Demo:Enabled", "false");
        string file = Path.Combine(app.Data, AccountSeed.FirstAdministratorFile);
        string[] words = (await File.ReadAllTextAsync(file)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        using SignedIn browser = app.Browser();
        HttpClient client = browser.Http;

        using HttpResponseMessage signedIn = await client.PostAsJsonAsync("/api/session", new { userName = words[0], password = words[1] });
        using HttpResponseMessage demo =
            await client.PostAsJsonAsync("/api/session", new { userName = "inspector", password = RunningApp.Password });

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        await demo.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Schools.AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_restart_keeps_accounts_and_keys_and_closes_visits_that_a_crash_left_open()
    {
        string data = Path.Combine(_data.FullName, "kept");
        var left = Guid.NewGuid();
        string key;
        await using (RunningApp first = await RunningApp.StartAsync(data))
        {
            key = first.Services.GetRequiredService<Xunke.Web.Media.WhipKeys>().KeyOf("s01-301");
            await using AsyncServiceScope scope = first.Services.CreateAsyncScope();
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            records.Visits.Add(new Visit
            {
                Id = left,
                RoomId = "s01-301",
                SchoolId = "s01",
                UserName = "inspector",
                DisplayName = "王敏",
                Purpose = "测试",
                From = DateTimeOffset.UtcNow,
            });
            await records.SaveChangesAsync();
        }

        await using RunningApp second = await RunningApp.StartAsync(data);

        second.Services.GetRequiredService<Xunke.Web.Media.WhipKeys>().KeyOf("s01-301").ShouldBe(key);
        await using AsyncServiceScope after = second.Services.CreateAsyncScope();
        RecordsContext kept = after.ServiceProvider.GetRequiredService<RecordsContext>();
        Visit visit = await kept.Visits.SingleAsync(v => v.Id == left);
        visit.To.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(visit.From);
        (await kept.Audit.AnyAsync(line => line.Action == "visit.closed-at-start")).ShouldBeTrue();
        (await second.Services.GetRequiredService<AuditTrail>().VerifyAsync(CancellationToken.None)).BrokenAt.ShouldBeNull();
        (await after.ServiceProvider.GetRequiredService<UserManager<Account>>().Users.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Sigterm_stops_the_server_and_its_children_within_ten_seconds()
    {
        using Process server =
            Start("--urls", "http://127.0.0.1:0", "--Media:UdpPort", "0", "--Demo:Cameras", "false", "--Decoding:Workers", "1");
        try
        {
            await ReadUntilAsync(server.StandardOutput, "http://");
            await Eventually.TrueAsync(() => Children(server.Id).Count > 0);
            IReadOnlyList<int> children = Children(server.Id);
            long asked = Stopwatch.GetTimestamp();

            using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
            await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));

            server.ExitCode.ShouldBe(0);
            Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(() => !children.Any(child => Directory.Exists($"/proc/{child}")));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_leaves_no_child_behind_not_even_a_cameras_ffmpeg()
    {
        await using TestCamera camera = await TestCamera.StartAsync(TestCamera.Video);
        await using (RunningApp first = await RunningApp.StartAsync(Path.Combine(_data.FullName, "data")))
        {
            using SignedIn administrator = await first.SignInAsync("administrator");
            using HttpResponseMessage set = await administrator.Http.PutAsJsonAsync(
                "/api/admin/rooms/s01-101/camera", new { address = camera.Source.Address.Text });
            set.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using Process server =
            Start("--urls", "http://127.0.0.1:0", "--Media:UdpPort", "0", "--Demo:Cameras", "false", "--Decoding:Workers", "1");
        try
        {
            await ReadUntilAsync(server.StandardOutput, "http://");
            await Eventually.TrueAsync(() => Children(server.Id)
                .Any(child => CommandOf(child).StartsWith("ffmpeg", StringComparison.Ordinal)), within: TimeSpan.FromSeconds(60));
            IReadOnlyList<int> children = Children(server.Id);

            server.Kill();

            await Eventually.TrueAsync(() => children.All(child => CommandOf(child).Length == 0), within: TimeSpan.FromSeconds(30));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private async Task RefusesAsync(string mentions, params string[] arguments)
    {
        using Process server = Start(arguments);
        string error = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        server.ExitCode.ShouldBe(2, error);
        error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain(mentions);
        error.ShouldNotContain("   at ");
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "--data", Path.Combine(_data.FullName, "data"),
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            .. arguments,
        ];
        Array.ForEach(all, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private static async Task<string> ReadUntilAsync(StreamReader reader, string text)
    {
        string all = string.Empty;
        while (!all.Contains(text, StringComparison.Ordinal))
        {
            string line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(90))
                ?? throw new InvalidOperationException($"the server ended: {all}");
            all += line + '\n';
        }

        return all;
    }

    /// <summary>A process's command line; empty once it has ended.</summary>
    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private static IReadOnlyList<int> Children(int parent) =>
        // A child is listed under the thread that started it.
        [
            .. Directory.EnumerateDirectories($"/proc/{parent}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse),
        ];
}
