using System.Security.Claims;

namespace Xunke.Web.Identity;

/// <summary>Who makes a request, read from the claims of the cookie.</summary>
/// <param name="UserName">The account's name.</param>
/// <param name="DisplayName">Shown to others.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="SchoolId">A principal's school; null for the other roles.</param>
internal sealed record Caller(string UserName, string DisplayName, Role Role, string? SchoolId)
{
    /// <summary>Claim with the one school of a principal.</summary>
    public const string SchoolClaim = "school";

    /// <summary>Claim with the id of the session.</summary>
    public const string LoginClaim = "login";

    /// <summary>Claim with the name shown to others.</summary>
    public const string DisplayNameClaim = "display-name";

    /// <summary>The session that the request belongs to: what the caller begins ends with it.</summary>
    public string LoginId { get; init; } = string.Empty;

    /// <summary>Whether the caller may see every school.</summary>
    public bool MaySeeAll => Role is Role.Inspector or Role.Administrator;

    /// <summary>Whether the caller may see a school, its rooms, their figures and their pictures.</summary>
    public bool MaySee(string? schoolId) =>
        MaySeeAll
        || (Role is Role.Principal && SchoolId is not null && string.Equals(SchoolId, schoolId, StringComparison.Ordinal));

    /// <summary>The caller that an authenticated principal stands for.</summary>
    /// <exception cref="InvalidOperationException">The principal was not made by this server.</exception>
    public static Caller From(ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.Name) ?? throw new InvalidOperationException("the principal has no name"),
        user.FindFirstValue(DisplayNameClaim) ?? string.Empty,
        Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role) ?? throw new InvalidOperationException("the principal has no role")),
        user.FindFirstValue(SchoolClaim))
    {
        LoginId = user.FindFirstValue(LoginClaim) ?? throw new InvalidOperationException("the principal has no session"),
    };
}
