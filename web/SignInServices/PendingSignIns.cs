using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Xunke.Web.SignInServices;

/// <summary>Somebody whom a service has just named to this browser, and who is not signed in yet.</summary>
/// <param name="Service">The service.</param>
/// <param name="Subject">The person's id there.</param>
/// <param name="Name">The person's name there; null: the service does not tell.</param>
internal sealed record PendingSignIn(string Service, string Subject, string? Name);

/// <summary>
/// Carries that from the answer of the service to the page, in a cookie for ten minutes: the browser comes from another site then, so
/// it shows no session, and a code may have to be asked for yet.
/// </summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Cookie = "xunke-service";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("xunke.signed-in-elsewhere").ToTimeLimitedDataProtector();

    /// <summary>Gives it to the browser.</summary>
    public void Keep(HttpContext context, PendingSignIn pending) =>
        context.Response.Cookies.Append(
            Cookie, _protector.Protect(JsonSerializer.Serialize(pending), time.GetUtcNow() + Lifetime), Options(context));

    /// <summary>What the browser carries, or null.</summary>
    public PendingSignIn? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            string text = _protector.Unprotect(cookie, out DateTimeOffset until);
            return until > time.GetUtcNow() ? JsonSerializer.Deserialize<PendingSignIn>(text) : null;
        }
        catch (CryptographicException)
        {
            // Too old, another server's, or of keys that are gone.
            return null;
        }
    }

    /// <summary>Takes it back: it has served, or the person does not want it.</summary>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/api",
        MaxAge = Lifetime,
    };
}
