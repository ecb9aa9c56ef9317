using Microsoft.AspNetCore.WebUtilities;
using Xunke.Web.Configuration;

namespace Xunke.Web.SignInServices;

/// <summary>A service whose accounts people can sign in with, as the settings say.</summary>
/// <param name="Settings">All that they say; checked.</param>
/// <param name="Secret">The client's secret, from wherever it was.</param>
internal sealed record SignInService(SignInServiceSettings Settings, string Secret)
{
    /// <summary>Its short name.</summary>
    public string Name => Settings.Name;

    /// <summary>What people call it, in Chinese.</summary>
    public string Label => Settings.Label;

    /// <summary>The same in English.</summary>
    public string LabelEn => Settings.LabelEn ?? Settings.Label;

    /// <summary>Its authentication scheme.</summary>
    public string Scheme => $"service-{Name}";

    /// <summary>
    /// Where browsers come back to. Not under /api, where nothing is taken that another site sends a browser to.
    /// </summary>
    public string CallbackPath => $"/signed-in/{Name}";

    /// <summary>What is asked for.</summary>
    public IReadOnlyList<string> Scopes { get; } =
        (Settings.Scope ?? (Settings.Authority is null ? string.Empty : "openid profile"))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What else is sent with the browser.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationParameters { get; } =
        QueryHelpers.ParseQuery(Settings.AuthorizationParameters).ToDictionary(one => one.Key, one => one.Value.ToString());

    /// <inheritdoc />
    public override string ToString() => Name;
}
