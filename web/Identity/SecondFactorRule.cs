using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Xunke.Actors.Identity;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>Whether administrators must have a second factor: a session of one who has none may set it up and do nothing else.</summary>
internal sealed class SecondFactorRule(IOptions<IdentitySettings> settings)
{
    // What such a session may ask for.
    private sealed class Allowed;

    /// <summary>Whether accounts of a role must have one.</summary>
    public bool AppliesTo(Role role) =>
        settings.Value.AdministratorsNeedSecondFactor && role is (Role.Administrator or Role.SchoolAdministrator);

    /// <summary>Whether a session has to set it up first.</summary>
    public bool Holds(Login login) => !login.HasSecondFactor && AppliesTo(Caller.From(login.Principal).Role);

    /// <summary>Whether a session may ask for this.</summary>
    public bool Allows(Login login, Endpoint? endpoint) =>
        endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || endpoint.Metadata.GetMetadata<Allowed>() is not null || !Holds(login);

    /// <summary>The answer to what it may not.</summary>
    public static IResult Refusal() => Problems.Create(
        StatusCodes.Status403Forbidden, "second-factor-required", "管理员须先设置两步验证，之后才能使用其他功能");

    /// <summary>Leaves these routes open to a session that has to set up its second factor first.</summary>
    public static void Open(IEndpointConventionBuilder routes) => routes.WithMetadata(new Allowed());
}
