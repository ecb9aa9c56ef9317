using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Xunke.Actors.Hosting;

/// <summary>Akka's log lines, as lines of ours.</summary>
internal sealed partial class AkkaLog(ILogger logger)
{
    /// <summary>What Akka has to produce: what would be thrown away again costs nothing.</summary>
    public string Level => logger.IsEnabled(LogLevel.Debug) ? "DEBUG"
        : logger.IsEnabled(LogLevel.Information) ? "INFO"
        : logger.IsEnabled(LogLevel.Warning) ? "WARNING"
        : logger.IsEnabled(LogLevel.Error) ? "ERROR"
        : "OFF";

    public void Write(LogEvent line)
    {
        var level = line.LogLevel() switch
        {
            Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
            Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
            Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        LogLine(logger, level, line.LogSource, line.Message?.ToString() ?? "", line.Cause);
    }

    [LoggerMessage(Message = "{Source}: {Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string source, string line, Exception? cause);
}
