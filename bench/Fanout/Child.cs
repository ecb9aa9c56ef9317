using System.Diagnostics;
using System.Text.Json;

namespace Xunke.Bench.Fanout;

/// <summary>Where a server of the bench can be reached.</summary>
internal sealed record Ready(Uri Url, string? Cookie);

/// <summary>A process of the bench: this program again, in another role. It ends when its standard input does.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const string ReadyMark = "READY ";

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The largest memory it has had, in bytes.</summary>
    public long PeakMemory => _process.PeakWorkingSet64;

    /// <summary>Starts a role.</summary>
    public static Child Start(string role)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        start.ArgumentList.Add("fanout");
        start.ArgumentList.Add(role);
        return new Child(Process.Start(start)!);
    }

    /// <summary>Says, in a server's role, that dashboards may come.</summary>
    public static void TellReady(Uri url, string? cookie) =>
        Console.WriteLine(ReadyMark + JsonSerializer.Serialize(new Ready(new UriBuilder(url) { Scheme = "ws" }.Uri, cookie)));

    /// <summary>Waits for a server to be ready.</summary>
    public async Task<Ready> WaitReadyAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(ReadyMark, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<Ready>(line[ReadyMark.Length..])!;
            }
        }

        throw new InvalidOperationException("a server of the bench ended before it was ready");
    }

    /// <summary>Gives dashboards their order and waits until they measure.</summary>
    public async Task OrderAsync(DashboardOrder order, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));
        await _process.StandardInput.FlushAsync(cancellationToken);
        await ReadLineAsync(cancellationToken);
    }

    /// <summary>Waits for what the dashboards have measured.</summary>
    public async Task<DashboardReport> ReportAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<DashboardReport>(await ReadLineAsync(cancellationToken))!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var late = new CancellationTokenSource(StopTime);
        try
        {
            _process.StandardInput.Close();
            // A full pipe would hold the process up.
            await _process.StandardOutput.ReadToEndAsync(late.Token);
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("a process of dashboards failed; its reason is above");
}
