using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Xunke.Web.Identity;

/// <summary>Puts role, school and display name into the cookie, so that no request has to look them up.</summary>
internal sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        ClaimsIdentity identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, user.Role.ToString()));
        identity.AddClaim(new Claim(Caller.DisplayNameClaim, user.DisplayName));
        if (user.SchoolId is { } school)
        {
            identity.AddClaim(new Claim(Caller.SchoolClaim, school));
        }

        return identity;
    }
}
