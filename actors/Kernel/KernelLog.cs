using Microsoft.Extensions.Logging;

namespace Xunke.Actors.Kernel;

/// <summary>The kernel's log lines.</summary>
internal sealed partial class KernelLog(ILogger logger)
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed and restarts in {BackOffMilliseconds} ms")]
    public partial void Restarting(Exception failure, string path, long backOffMilliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed and is stopped")]
    public partial void StoppedByFailure(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed; its parent decides")]
    public partial void Escalating(Exception failure, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed while it was stopping")]
    public partial void FailedWhileStopping(Exception failure, string path);
}
