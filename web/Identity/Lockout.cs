using System.Globalization;

namespace Xunke.Web.Identity;

/// <summary>Until when an account is locked, as its column says. Somebody may have written there by hand.</summary>
internal static class Lockout
{
    /// <summary>Whether the account is locked now. What cannot be read as a time was meant to lock.</summary>
    public static bool Holds(string? end, DateTimeOffset now) => end is not null
        && (!DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until)
            || until > now);
}
