using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Tests.Support;

/// <summary>A real PostgreSQL server on the loopback with a cluster of its own that goes with it.</summary>
internal sealed class TempPostgres : IAsyncDisposable
{
    private const string ServerUser = "postgres";

    private readonly string _folder = Directory.CreateTempSubdirectory("xunke-pg-").FullName;
    private readonly int _port = FreePort();

    private TempPostgres()
    {
    }

    private static string Tools => Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().First() + "/bin";

    private string Cluster => Path.Combine(_folder, "cluster");

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username={ServerUser};Database={database};Maximum Pool Size=20";

    /// <summary>Starts a server.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<TempPostgres> StartAsync()
    {
        var server = new TempPostgres();
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public Task StopAsync() => RunServerToolAsync("pg_ctl", "-D", Cluster, "-m", "immediate", "-w", "stop");

    /// <summary>Starts it again with what is on its disk.</summary>
    public Task ContinueAsync() => RunServerToolAsync(
        "pg_ctl", "-D", Cluster, "-w", "-t", "120", "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c max_connections=400",
        "start");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            await RunAsync("chown", ServerUser, _folder);
        }

        await RunServerToolAsync("initdb", "-D", Cluster, "-U", ServerUser, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        await ContinueAsync();
    }

    private static Task RunServerToolAsync(string tool, params string[] arguments)
    {
        string path = $"{Tools}/{tool}";
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", ServerUser, "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output is not taken: the server would keep a pipe open for as long as it runs.
        using Process process =
            Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
            {
                WorkingDirectory = "/",
            })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
