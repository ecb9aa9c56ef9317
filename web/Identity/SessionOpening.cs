using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Identity;

/// <summary>Begins the session of somebody who has shown who they are, in place of the one that the browser may have.</summary>
internal sealed class SessionOpening(LoginKeeper logins, KnownDevices devices, SchoolBook book, SecondFactorRule rule)
{
    /// <summary>Begins it and gives the browser its cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="account">Who it is.</param>
    /// <param name="service">The sign-in service that has shown it; null: the password has.</param>
    public async Task<SessionFeature.SessionUser> OpenAsync(HttpContext context, Account account, string? service = null)
    {
        if (context.Login() is { } former)
        {
            context.OutliveLogin();
            await logins.EndAsync(former, LoginEnd.SignedOut);
        }

        Login login = await logins.BeginAsync(account, service);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, IdentityFeature.TicketOf(login));
        devices.Remember(context, account);
        return SessionFeature.Describe(Caller.From(login.Principal), book, rule.Holds(login));
    }
}
