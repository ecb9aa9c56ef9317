using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Client;

/// <summary>The <c>publish</c> sub-command: a camera simulator for anyone's file.</summary>
public static class PublishCommand
{
    /// <summary>The name of the sub-command.</summary>
    public const string Name = "publish";

    private const int ExitNormal = 0;
    private const int ExitUsage = 2;

    private const string Usage =
        """
        usage: publish FILE --to URL --key KEY [--no-loop] [--start-at SECONDS]

          FILE        a video that FFmpeg reads; H.264 and Opus are sent as they are, others are encoded
          --to        the room's WHIP address
          --key       the room's key
          --no-loop   stop at the end of the file
          --start-at  begin so many seconds into the file
        """;

    /// <summary>Publishes until Ctrl-C, SIGTERM, the file's end, or a fault that will not pass.</summary>
    /// <param name="args">The arguments after the sub-command's name.</param>
    /// <returns>0 after a normal end, 2 for wrong usage, 3 for a file that cannot be read, 4 for a missing tool, 5 for a refused key, 6 for an unknown room, 7 for a refused offer.</returns>
    public static async Task<int> RunAsync(string[] args, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return ExitUsage;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var publisher = new WhipPublisher(options, TimeProvider.System, loggers);
        try
        {
            await publisher.RunAsync(stop.Token);
            return ExitNormal;
        }
        catch (PublishException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitUsage + 1 + (int)fault.Fault;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Reads the arguments; null when they are wrong.</summary>
    internal static WhipPublisherOptions? Parse(string[] args)
    {
        string? file = null, key = null;
        Uri? url = null;
        var loop = true;
        var startAt = 0.0;
        for (var position = 0; position < args.Length; position++)
        {
            var value = position + 1 < args.Length ? args[position + 1] : "";
            switch (args[position])
            {
                case "--to" when Uri.TryCreate(value, UriKind.Absolute, out url) && url.Scheme is "http" or "https":
                case "--key" when (key = value).Length > 0:
                case "--start-at" when double.TryParse(value, CultureInfo.InvariantCulture, out startAt) && startAt is >= 0 and < 1e9:
                    position++;
                    break;
                case "--no-loop":
                    loop = false;
                    break;
                case var name when !name.StartsWith('-') && file is null:
                    file = name;
                    break;
                default:
                    return null;
            }
        }

        return file is null || url is null || key is null
            ? null
            : new WhipPublisherOptions { File = file, Url = url, Key = key, Loop = loop, StartAt = TimeSpan.FromSeconds(startAt) };
    }
}
