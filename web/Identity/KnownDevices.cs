using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>
/// Remembers, in a cookie, which accounts have signed in with a browser. It opens nothing; it only gives that browser a count
/// of wrong passwords of its own, so that strangers who guess cannot keep the account's owner out.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Cookie = "xunke-device";
    private const int MostAccounts = 8;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly IDataProtector _protector = protection.CreateProtector("xunke.device");

    private sealed record Device(string Id, IReadOnlyList<string> AccountIds);

    /// <summary>The browser's own name, if this account has signed in with it before.</summary>
    public string? Find(HttpRequest request, Account? account) =>
        account is not null && Read(request) is { } device && device.AccountIds.Contains(account.Id) ? device.Id : null;

    /// <summary>Notes that an account has signed in.</summary>
    public void Remember(HttpContext context, Account account)
    {
        Device? before = Read(context.Request);
        string id = before?.Id ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        IEnumerable<string> others = (before?.AccountIds ?? []).Where(one => one != account.Id);
        string[] words = [id, Expiry(), account.Id, .. others.Take(MostAccounts - 1)];
        context.Response.Cookies.Append(Cookie, _protector.Protect(string.Join(' ', words)), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/api/session",
            MaxAge = Lifetime,
        });
    }

    private string Expiry() =>
        time.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Device? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            string[] words = _protector.Unprotect(cookie).Split(' ');
            long expiry = long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
            return expiry > time.GetUtcNow().ToUnixTimeSeconds() ? new Device(words[0], words[2..]) : null;
        }
        catch (CryptographicException)
        {
            // Another server's, or of keys that are gone.
            return null;
        }
    }
}
