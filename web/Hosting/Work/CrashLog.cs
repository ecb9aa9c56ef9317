using Microsoft.Extensions.Logging.Abstractions;

namespace Xunke.Web.Hosting.Work;

/// <summary>Logs what nobody caught: a thread's exception, which ends the process, and a forgotten task's, which does not.</summary>
internal sealed partial class CrashLog : IDisposable
{
    private ILogger _log = NullLogger.Instance;

    /// <summary>Tells of crashes from now on, on standard error.</summary>
    public CrashLog()
    {
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Logs them as well.</summary>
    public void Use(ILogger<CrashLog> log) => _log = log;

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs args)
    {
        var fault = args.ExceptionObject as Exception;
        LogUnhandled(fault);
        // The logger's own thread may not get to it before the process ends.
        Console.Error.WriteLine($"巡课意外终止 Xunke ends because of a fault: {fault?.Message}");
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args)
    {
        LogUnobserved(args.Exception);
        args.SetObserved();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A fault that nobody caught ends the server")]
    private partial void LogUnhandled(Exception? fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A task failed that nobody waited for")]
    private partial void LogUnobserved(Exception fault);
}
