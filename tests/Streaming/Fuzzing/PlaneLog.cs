using Microsoft.Extensions.Logging;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Keeps the first exception that a plane logged: it catches what one datagram does, so that all rooms live on.</summary>
internal sealed class PlaneLog : ILogger
{
    private Exception? _failure;

    /// <summary>Fails the input that the plane failed on.</summary>
    /// <exception cref="InvalidOperationException">It has failed since the last call.</exception>
    public void ThrowFailure()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw new InvalidOperationException("The plane failed on a datagram.", failure);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error)
        {
            _failure ??= exception ?? new InvalidOperationException(formatter(state, exception));
        }
    }
}
