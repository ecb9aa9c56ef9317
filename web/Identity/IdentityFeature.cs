using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>
/// Accounts by ASP.NET Core Identity; sessions of our own, which a cookie names. The API answers 401 and 403; it never redirects.
/// </summary>
internal static class IdentityFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.Services.AddDataProtection()
            .SetApplicationName("xunke")
            .PersistKeysToFileSystem(Directory.CreateDirectory(data.Combine("keys")));
        builder.Services.AddAccountStore();
        builder.Services.AddAuthentication(MachineIdentity.Either)
            .AddPolicyScheme(MachineIdentity.Either, null, either => either.ForwardDefaultSelector = MachineIdentity.Choose)
            .AddScheme<AuthenticationSchemeOptions, MachineAuthentication>(MachineIdentity.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie);
        builder.Services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure((CookieAuthenticationOptions cookie, IOptions<IdentitySettings> settings) =>
                cookie.ExpireTimeSpan = TimeSpan.FromHours(settings.Value.SessionLongestHours));
        builder.Services.AddAuthorization();
        builder.Services.AddScoped<AccountSeed>();
        builder.Services.AddSingleton<SignInRefusals>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SignInRefusals>());
        builder.Services.AddSingleton<Logins>();
        builder.Services.AddSingleton<LoginKeeper>();
        builder.Services.AddHostedService<LoginWatch>();
        builder.Services.AddHostedService<LoginRecorder>();
        builder.Services.AddSingleton<SignInThrottle>();
        builder.Services.AddSingleton<SignInQueue>();
        builder.Services.AddSingleton<KnownDevices>();
        builder.Services.AddScoped<SecondFactors>();
        builder.Services.AddSingleton<SecondFactorRule>();
        builder.Services.AddSingleton<SignInAnswers>();
        builder.Services.AddScoped<SignIns>();
        builder.Services.AddSingleton<SessionOpening>();
    }

    /// <summary>Identity over the accounts' tables, for the server and for the commands at its console.</summary>
    public static void AddAccountStore(this IServiceCollection services) =>
        // Length is what counts; rules about digits and signs only make people write passwords down.
        services.AddIdentityCore<Account>(options => options.Password = new PasswordOptions
        {
            RequiredLength = 10,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        })
            .AddEntityFrameworkStores<RecordsContext>();

    /// <summary>What the cookie says: which session it is, and nothing else.</summary>
    public static ClaimsPrincipal TicketOf(Login login) =>
        new(new ClaimsIdentity([new Claim(Caller.LoginClaim, login.Id)], IdentityConstants.ApplicationScheme));

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = LoginRequests.Cookie;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // The session on record says when it was last used; the cookie need not be written again.
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = LoginRequests.ValidateAsync;
        options.Events.OnRedirectToLogin = context => Problems.Unauthenticated().ExecuteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Problems.Forbidden().ExecuteAsync(context.HttpContext);
    }
}
