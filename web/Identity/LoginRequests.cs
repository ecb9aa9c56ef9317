using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>What ties requests to sessions: a request ends with its session, and a cookie of none is taken back.</summary>
internal static class LoginRequests
{
    /// <summary>The session's cookie.</summary>
    public const string Cookie = "xunke";

    /// <summary>Lets a cookie stand for its session, or for nobody.</summary>
    public static Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        Logins logins = context.HttpContext.RequestServices.GetRequiredService<Logins>();
        if (logins.Use(context.Principal?.FindFirst(Caller.LoginClaim)?.Value) is { } login)
        {
            context.ReplacePrincipal(login.Principal);
        }
        else
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Aborts what is under way when its session ends: a hub connection or a download would outlive it for hours, and a slow
    /// upload would be acted upon after it. Takes cookies back that no session stands behind.
    /// </summary>
    public static void UseLogins(this WebApplication app) => app.Use(async (context, next) =>
    {
        Logins logins = context.RequestServices.GetRequiredService<Logins>();
        if (context.User.FindFirst(Caller.LoginClaim)?.Value is { } loginId)
        {
            if (logins.Find(loginId) is not { } login)
            {
                // It ended since the cookie was looked at.
                await Problems.Unauthenticated().ExecuteAsync(context);
                return;
            }

            if (!context.RequestServices.GetRequiredService<SecondFactorRule>().Allows(login, context.GetEndpoint()))
            {
                await SecondFactorRule.Refusal().ExecuteAsync(context);
                return;
            }

            using CancellationTokenRegistration tie =
                login.Ended.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
            context.Features.Set(new LoginTie(login, tie));
            await next(context);
            return;
        }

        if (context.Request.Cookies.ContainsKey(Cookie))
        {
            context.Response.OnStarting(static request => TakeBack((HttpContext)request), context);
        }

        await next(context);
    });

    /// <summary>The session of a request, or null.</summary>
    public static Login? Login(this HttpContext context) => context.Features.Get<LoginTie>()?.Login;

    /// <summary>Lets this request, which ends its own session, be answered.</summary>
    public static void OutliveLogin(this HttpContext context) => context.Features.Get<LoginTie>()?.Tie.Unregister();

    private static Task TakeBack(HttpContext context)
    {
        // Somebody who signs in has just been given another.
        if (!context.Response.Headers.SetCookie.Any(cookie => cookie!.StartsWith(Cookie + "=", StringComparison.Ordinal)))
        {
            CookieAuthenticationOptions options = context.RequestServices
                .GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
            options.CookieManager.DeleteCookie(context, Cookie, options.Cookie.Build(context));
        }

        return Task.CompletedTask;
    }

    private sealed record LoginTie(Login Login, CancellationTokenRegistration Tie);
}
