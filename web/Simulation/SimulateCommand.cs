using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunke.Streaming.Client;
using Xunke.Web.Hosting;

namespace Xunke.Web.Simulation;

/// <summary>
/// The <c>simulate-cameras</c> sub-command: publishes every <see cref="SimulatedCamera"/> that it is told of until its
/// standard input ends, which it does when the server goes. A process of its own, because cameras are not part of a server.
/// </summary>
internal static partial class SimulateCommand
{
    /// <summary>The name of the sub-command.</summary>
    public const string Name = "simulate-cameras";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>The command, which is for the server only.</summary>
    public static Command Describe()
    {
        var command = new Command(Name) { Hidden = true };
        command.SetAction(_ => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        // Ctrl-C in a terminal reaches the whole group; the server ends this process when it is ready to.
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var stop = new CancellationTokenSource();
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        }).SetMinimumLevel(LogLevel.Warning));
        var cameras = new List<Task>();
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(stop.Token) is { } line)
        {
            SimulatedCamera camera = JsonSerializer.Deserialize<SimulatedCamera>(line, Json.Options)
                ?? throw new InvalidDataException("the server sent no camera");
            cameras.Add(PublishAsync(camera, loggers, stop.Token));
        }

        await stop.CancelAsync();
        await Task.WhenAll(cameras);
        return 0;
    }

    private static async Task PublishAsync(SimulatedCamera camera, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ILogger log = loggers.CreateLogger(typeof(SimulateCommand));
        var options = new WhipPublisherOptions
        {
            Url = camera.Url,
            Key = camera.Key,
            File = camera.File,
            StartAt = TimeSpan.FromSeconds(camera.StartAtSeconds),
        };
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var publisher = new WhipPublisher(options, TimeProvider.System, loggers);
                await publisher.RunAsync(cancellationToken);
            }
            catch (PublishException fault)
            {
                // Such as a key that was rotated: a real camera goes on trying, too.
                LogRefused(log, camera.Url, fault.Message);
            }

            await Task.Delay(RetryAfter, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The simulated camera of {Url} does not publish: {Reason}")]
    private static partial void LogRefused(ILogger log, Uri url, string reason);
}
