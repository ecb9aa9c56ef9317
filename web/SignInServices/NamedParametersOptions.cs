using Microsoft.AspNetCore.Authentication.OAuth;

namespace Xunke.Web.SignInServices;

/// <summary>What <see cref="NamedParametersHandler"/> is told.</summary>
internal sealed class NamedParametersOptions : OAuthOptions
{
    /// <summary>The service; set before anything else.</summary>
    public SignInService Service { get; set; } = null!;
}
