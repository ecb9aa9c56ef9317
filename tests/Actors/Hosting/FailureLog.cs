using Microsoft.Extensions.Logging;

namespace Xunke.Tests.Actors.Hosting;

/// <summary>Counts the failures that the log tells of.</summary>
internal sealed class FailureLog : ILoggerFactory, ILogger
{
    public volatile int Failures;

    public string Last { get; private set; } = "";

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
        {
            Last = $"{logLevel}: {formatter(state, exception)} ({exception.Message})";
            Interlocked.Increment(ref Failures);
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
