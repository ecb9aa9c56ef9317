using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Decoding;

internal static partial class DecodingLog
{
    [LoggerMessage(1, LogLevel.Information, "Decode worker {Worker} is ready: process {ProcessId}, libavcodec {Libavcodec}")]
    public static partial void WorkerReady(ILogger logger, int worker, int processId, Version libavcodec);

    [LoggerMessage(2, LogLevel.Warning, "Decode worker {Worker} is started again in {Milliseconds} ms")]
    public static partial void WorkerRestarts(ILogger logger, int worker, double milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "Decode worker {Worker} is stuck and is killed: {Verdict}")]
    public static partial void WorkerStalled(ILogger logger, int worker, string verdict);

    [LoggerMessage(4, LogLevel.Error, "Decode worker {Worker} broke the worker protocol and is stopped: {Reason}")]
    public static partial void WorkerBrokeProtocol(ILogger logger, int worker, string reason);

    [LoggerMessage(5, LogLevel.Error, "Decode worker {Worker} cannot work: {Reason}")]
    public static partial void WorkerFailed(ILogger logger, int worker, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Decode worker {Worker} says: {Line}")]
    public static partial void WorkerComplains(ILogger logger, int worker, string line);

    [LoggerMessage(7, LogLevel.Warning, "The video of room {RoomId} gives no picture: {Code}")]
    public static partial void RoomFault(ILogger logger, string roomId, string code);

    [LoggerMessage(8, LogLevel.Warning, "Worker {Worker} cannot keep up: units of room {RoomId} are dropped up to its next key frame")]
    public static partial void QueueFull(ILogger logger, int worker, string roomId);

    [LoggerMessage(9, LogLevel.Warning, "Decode worker {Worker} has ended with code {ExitCode}")]
    public static partial void WorkerEnded(ILogger logger, int worker, int exitCode);

    [LoggerMessage(10, LogLevel.Error, "Serving decode worker {Worker} failed unexpectedly")]
    public static partial void WorkerServiceFailed(ILogger logger, Exception cause, int worker);
}
