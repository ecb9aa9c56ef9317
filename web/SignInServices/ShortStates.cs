using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Xunke.Web.Identity;

namespace Xunke.Web.SignInServices;

/// <summary>
/// What a sign-in under way is remembered by, in 43 letters, once: some services take no more than 128 letters and digits, and what
/// ASP.NET Core puts there has several hundred. A restart forgets them; the person then begins again.
/// </summary>
internal sealed class ShortStates : ISecureDataFormat<AuthenticationProperties>, IDisposable
{
    // More than a district signs in within that time; a flood of begun sign-ins takes no more memory than this.
    private const int Most = 20_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _states = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <inheritdoc />
    public string Protect(AuthenticationProperties data) => Protect(data, purpose: null);

    /// <inheritdoc />
    public string Protect(AuthenticationProperties data, string? purpose)
    {
        string state = LinkToken.Make();
        _states.Set(state, data, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        return state;
    }

    /// <inheritdoc />
    public AuthenticationProperties? Unprotect(string? protectedText) => Unprotect(protectedText, purpose: null);

    /// <inheritdoc />
    public AuthenticationProperties? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null || !_states.TryGetValue(protectedText, out AuthenticationProperties? data))
        {
            return null;
        }

        _states.Remove(protectedText);
        return data;
    }

    /// <inheritdoc />
    public void Dispose() => _states.Dispose();
}
