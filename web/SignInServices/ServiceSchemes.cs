using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Xunke.Web.SignInServices;

/// <summary>How browsers are sent to a service and come back: the code flow only.</summary>
internal static class ServiceSchemes
{
    // A service that takes longer has failed: people wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestSignIn = TimeSpan.FromMinutes(15);

    /// <summary>Adds a service. The network is not needed before somebody signs in.</summary>
    public static void AddService(this AuthenticationBuilder authentication, SignInService service)
    {
        if (service.Settings.Authority is { } authority)
        {
            authentication.AddOpenIdConnect(service.Scheme, service.Label, options => Configure(options, service, new Uri(authority)));
        }
        else
        {
            authentication.AddOAuth<NamedParametersOptions, NamedParametersHandler>(
                service.Scheme, service.Label, options => Configure(options, service));
        }
    }

    private static void Configure(OpenIdConnectOptions options, SignInService service, Uri authority)
    {
        ConfigureReturn(options, service);
        options.Authority = authority.AbsoluteUri;
        options.RequireHttpsMetadata = !SignInServiceBook.IsOfThisMachine(authority);
        (options.ClientId, options.ClientSecret) = (service.Settings.ClientId, service.Secret);
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A form that another site sends would come without the cookies of the sign-in: they are lax.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = service.Settings.Pkce;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // Sessions are ours, and end here.
        (options.RemoteSignOutPath, options.SignedOutCallbackPath) = (PathString.Empty, PathString.Empty);
        options.DisableTelemetry = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        foreach (string claim in (string[])[service.Settings.SubjectClaim, service.Settings.NameClaim])
        {
            options.ClaimActions.MapCustomJson(claim, told => NamedParametersHandler.TextAt(told, claim));
        }

        options.Scope.Clear();
        Array.ForEach([.. service.Scopes], options.Scope.Add);
        var events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                foreach ((string name, string value) in service.AuthorizationParameters)
                {
                    context.ProtocolMessage.SetParameter(name, value);
                }

                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // OpenID lets a token do without one where it came over TLS. But a proxy may end that, and every provider signs.
                if (context.TokenEndpointResponse?.IdToken?.Split('.') is not [_, _, { Length: > 0 }])
                {
                    context.Fail("the identity token has no signature");
                }

                return Task.CompletedTask;
            },
        };
        ServiceReturn.Hook(events, service);
        options.Events = events;
    }

    private static void Configure(NamedParametersOptions options, SignInService service)
    {
        ConfigureReturn(options, service);
        options.Service = service;
        options.StateDataFormat = new ShortStates();
        options.AuthorizationEndpoint = service.Settings.AuthorizationEndpoint!;
        options.TokenEndpoint = service.Settings.TokenEndpoint!;
        options.UserInformationEndpoint = service.Settings.UserInfoEndpoint!;
        (options.ClientId, options.ClientSecret) = (service.Settings.ClientId, service.Secret);
        options.UsePkce = service.Settings.Pkce;
        Array.ForEach([.. service.Scopes], options.Scope.Add);
        var events = new OAuthEvents();
        ServiceReturn.Hook(events, service);
        options.Events = events;
    }

    private static void ConfigureReturn(RemoteAuthenticationOptions options, SignInService service)
    {
        options.CallbackPath = service.CallbackPath;
        options.SaveTokens = false;
        options.BackchannelTimeout = Patience;
        options.RemoteAuthenticationTimeout = LongestSignIn;
        // The browser comes from the service's site by a link: a strict cookie would not come along, and "none" is for TLS only.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
