using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>ASP.NET Core Identity with cookies. The API answers 401 and 403; it never redirects.</summary>
internal static class IdentityFeature
{
    /// <summary>Policy of the routes that only administrators may use.</summary>
    public const string Administrators = "administrators";

    /// <summary>Rate limit of signing in, by the caller's address.</summary>
    public const string LoginLimit = "login";

    public static void AddAccounts(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.Services.AddDataProtection()
            .SetApplicationName("xunke")
            .PersistKeysToFileSystem(Directory.CreateDirectory(data.Combine("keys")));
        builder.Services.AddIdentityCore<Account>(options =>
            {
                // Length is what counts; rules about digits and signs only make people write passwords down.
                options.Password = new PasswordOptions
                {
                    RequiredLength = 10,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddEntityFrameworkStores<AccountsContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        builder.Services.AddOptions<IdentityOptions>().Configure((IdentityOptions options, IOptions<IdentitySettings> settings) =>
        {
            options.Lockout.MaxFailedAccessAttempts = settings.Value.WrongGuesses;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(settings.Value.LockoutMinutes);
        });
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie);
        // A role or school that is taken away must not live on for as long as the cookie.
        builder.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Administrators, policy => policy.RequireRole(nameof(Role.Administrator)));
        builder.Services.AddRateLimiter(ConfigureLimits);
        builder.Services.AddScoped<AccountSeed>();
        builder.Services.AddSingleton<SignInRefusals>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SignInRefusals>());
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "xunke";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnRedirectToLogin = context => Problems.Unauthenticated().ExecuteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Problems.Forbidden().ExecuteAsync(context.HttpContext);
    }

    private static void ConfigureLimits(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limits)
    {
        limits.AddPolicy(LoginLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = context.RequestServices.GetRequiredService<IOptions<IdentitySettings>>().Value.LoginsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            }));
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = async (context, _) =>
        {
            TimeSpan wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromMinutes(1);
            int seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Problems.Create(StatusCodes.Status429TooManyRequests, "too-many-requests", "登录太频繁，请稍后再试", ("retryAfterSeconds", seconds))
                .ExecuteAsync(context.HttpContext);
        };
    }
}
