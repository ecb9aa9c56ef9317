using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Media;

namespace Xunke.Web.Simulation;

/// <summary>
/// The demo's cameras: a child process that publishes clips to this server over WHIP as any camera would. A rotated key
/// leaves its camera outside, as it would a real one, until the next start.
/// </summary>
internal sealed partial class CameraSimulator(
    IOptions<DemoSettings> demo,
    IServer server,
    IHostApplicationLifetime lifetime,
    WhipKeys keys,
    WorkGuard guard,
    TimeProvider time,
    ILogger<CameraSimulator> log) : PeriodicWork("simulator", RestartAfter, guard, time)
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        if (demo.Value is { Enabled: true, Cameras: true } && await StartedAsync(cancellationToken))
        {
            await RunChildAsync(cancellationToken);
        }
    }

    // The cameras come in by the front door, so the door must be open.
    private async Task<bool> StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration open = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using CancellationTokenRegistration stop = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private async Task RunChildAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<SimulatedCamera> cameras = [.. MakeCameras()];
        using var child = new Process();
        child.StartInfo = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"), SimulateCommand.Name)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        try
        {
            child.Start();
            foreach (SimulatedCamera camera in cameras)
            {
                await child.StandardInput.WriteLineAsync(JsonSerializer.Serialize(camera, Json.Options));
            }

            await child.StandardInput.FlushAsync(stoppingToken);
            LogStarted(child.Id);
            await child.WaitForExitAsync(stoppingToken);
            LogEnded(child.ExitCode);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(child);
        }
        catch (Exception fault)
        {
            // It died while it was told of its cameras, or never started. Whatever it was, the server goes on and tries again.
            LogFailed(fault.Message);
            Kill(child);
        }
    }

    private async Task EndAsync(Process child)
    {
        using var late = new CancellationTokenSource(StopTime, Time);
        try
        {
            child.StandardInput.Close();
            await child.WaitForExitAsync(late.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or InvalidOperationException)
        {
            Kill(child);
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It was not started, or has just ended.
        }
    }

    private IEnumerable<SimulatedCamera> MakeCameras()
    {
        string clips = demo.Value.Clips ?? Path.Combine(AppContext.BaseDirectory, "demo", "clips");
        string front = Path.Combine(clips, "front60.mkv");
        string rear = Path.Combine(clips, "rear20.mkv");
        Uri address = OwnAddress();
        IReadOnlyList<string> rooms = DemoDistrict.LiveRooms;
        for (int i = 0; i < rooms.Count; i++)
        {
            // The last room's camera looks from the back, which the figures must say.
            bool last = i == rooms.Count - 1;
            yield return new SimulatedCamera(
                new Uri(address, $"/whip/{rooms[i]}"), keys.KeyOf(rooms[i]), last ? rear : front, last ? 0 : i * 11);
        }
    }

    private Uri OwnAddress()
    {
        ICollection<string> addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        string address = addresses.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.First();
        var uri =
            new UriBuilder(address.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));
        if (uri.Host is "0.0.0.0" or "[::]" or "localhost")
        {
            uri.Host = "127.0.0.1";
        }

        return uri.Uri;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated cameras started: process {ProcessId}")]
    private partial void LogStarted(int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The simulated cameras ended with exit code {ExitCode}; they are started again")]
    private partial void LogEnded(int exitCode);

    [LoggerMessage(Level = LogLevel.Error, Message = "The simulated cameras cannot be started: {Reason}")]
    private partial void LogFailed(string reason);
}
