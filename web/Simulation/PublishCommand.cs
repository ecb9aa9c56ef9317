using System.CommandLine;
using System.Runtime.InteropServices;
using Xunke.Streaming.Client;
using Xunke.Web.Configuration;

namespace Xunke.Web.Simulation;

/// <summary>The <c>publish</c> sub-command: a camera simulator for anyone's file.</summary>
internal static class PublishCommand
{
    private const int ExitNormal = 0;
    private const int FirstFault = 3;

    private static readonly Argument<string> File = Words.Given(
        "FILE", "视频文件 a video that FFmpeg reads; H.264 and Opus are sent as they are, others are encoded");

    private static readonly Option<Uri?> To = new("--to")
    {
        HelpName = "URL",
        Description = "推流地址 the room's WHIP address",
        Required = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"--to {result.Tokens[0].Value}: 不是 http(s) 地址 not an http(s) address");
            return null;
        },
    };

    private static readonly Option<string> Key = new("--key") { HelpName = "KEY", Description = "推流密钥 the room's key", Required = true };

    private static readonly Option<bool> NoLoop = new("--no-loop") { Description = "播完即止 stop at the end of the file" };

    private static readonly Option<double?> StartAt =
        Words.Number("--start-at", "SECONDS", 0, 1e9, "起始秒数 begin so many seconds into the file");

    /// <summary>The command.</summary>
    public static Command Describe()
    {
        var command = new Command("publish", "把视频文件当作摄像头推流 publishes a video file as a camera would") { File, To, Key, NoLoop, StartAt };
        command.SetAction((words, cancellationToken) => RunAsync(Read(words), cancellationToken));
        return command;
    }

    /// <summary>Reads what the command was told.</summary>
    internal static WhipPublisherOptions Read(ParseResult words) => new()
    {
        File = words.GetRequiredValue(File),
        Url = words.GetRequiredValue(To)!,
        Key = words.GetRequiredValue(Key),
        Loop = !words.GetValue(NoLoop),
        StartAt = TimeSpan.FromSeconds(words.GetValue(StartAt) ?? 0),
    };

    // Publishes until Ctrl-C, SIGTERM, the file's end, or a fault that will not pass: 3 for a file that cannot be read, 4 for
    // a missing tool, 5 for a refused key, 6 for an unknown room, 7 for a refused offer.
    private static async Task<int> RunAsync(WhipPublisherOptions options, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(line => line.SingleLine = true));
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
            return FirstFault + (int)fault.Fault;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
