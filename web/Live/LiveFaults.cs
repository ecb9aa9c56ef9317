using Microsoft.AspNetCore.SignalR;

namespace Xunke.Web.Live;

/// <summary>Logs what goes wrong in hub methods by our own fault; refusals are answers, not faults.</summary>
internal sealed partial class LiveFaults(ILogger<LiveFaults> log) : IHubFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not HubException and not OperationCanceledException)
        {
            LogFault(fault, invocationContext.HubMethodName);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The hub method {Method} failed")]
    private partial void LogFault(Exception fault, string method);
}
