using Microsoft.AspNetCore.Authentication;
using Xunke.Actors.Identity;

namespace Xunke.Web.SignInServices;

/// <summary>
/// What becomes of a browser that comes back from a service: whom the service names, it carries to the page that it began at, and the
/// page signs in. What went wrong it is told there; the log has why.
/// </summary>
internal sealed partial class ServiceReturn(PendingSignIns pending, ILogger<ServiceReturn> log)
{
    /// <summary>Takes part in what a scheme does.</summary>
    public static void Hook(RemoteAuthenticationEvents events, SignInService service)
    {
        events.OnTicketReceived = context =>
        {
            Of(context.HttpContext).Take(context, service);
            return Task.CompletedTask;
        };
        events.OnAccessDenied = context =>
        {
            Lead(context.HttpContext, context.ReturnUrl, service, "cancelled");
            context.HandleResponse();
            return Task.CompletedTask;
        };
        events.OnRemoteFailure = context =>
        {
            Of(context.HttpContext).Fail(context, service);
            return Task.CompletedTask;
        };
    }

    private static ServiceReturn Of(HttpContext context) => context.RequestServices.GetRequiredService<ServiceReturn>();

    private void Take(TicketReceivedContext context, SignInService service)
    {
        context.HandleResponse();
        string? subject = context.Principal?.FindFirst(service.Settings.SubjectClaim)?.Value;
        if (subject is not { Length: > 0 and <= AccountLink.LongestSubject })
        {
            LogNobody(service.Name, service.Settings.SubjectClaim);
            Lead(context.HttpContext, context.ReturnUri, service, "failed");
            return;
        }

        string? name = context.Principal?.FindFirst(service.Settings.NameClaim)?.Value;
        pending.Keep(context.HttpContext, new PendingSignIn(service.Name, subject, name is { Length: > 60 } ? name[..60] : name));
        Lead(context.HttpContext, context.ReturnUri, service, fault: null);
    }

    private void Fail(RemoteFailureContext context, SignInService service)
    {
        context.HandleResponse();
        LogFailed(context.Failure, service.Name);
        Lead(context.HttpContext, context.Properties?.RedirectUri, service, ServiceFault.IsSilence(context.Failure) ? "down" : "failed");
    }

    private static void Lead(HttpContext context, string? path, SignInService service, string? fault) =>
        context.Response.Redirect(ReturnPath.With(path, ("service", service.Name), ("fault", fault)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by {Service} has failed")]
    private partial void LogFailed(Exception? fault, string service);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sign-in service {Service} tells no {Claim}, so it names nobody")]
    private partial void LogNobody(string service, string claim);
}

/// <summary>What can be wrong with a service.</summary>
internal static class ServiceFault
{
    /// <summary>Whether it did not answer, or not as a service does; anything else it or somebody between has done wrong.</summary>
    public static bool IsSilence(Exception? fault) => fault is not null
        && (fault is HttpRequestException or IOException or TaskCanceledException || IsSilence(fault.InnerException));
}
