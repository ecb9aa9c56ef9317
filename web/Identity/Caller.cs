using System.Security.Claims;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>Who makes a request, read from the claims of the cookie.</summary>
/// <param name="UserName">The account's name.</param>
/// <param name="DisplayName">Shown to others.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="SchoolId">The one school of the account; null for the district's roles.</param>
internal sealed record Caller(string UserName, string DisplayName, Role Role, string? SchoolId)
{
    /// <summary>Claim with the one school of an account.</summary>
    public const string SchoolClaim = "school";

    /// <summary>Claim with the id of the session.</summary>
    public const string LoginClaim = "login";

    /// <summary>Claim with the name shown to others.</summary>
    public const string DisplayNameClaim = "display-name";

    /// <summary>The session that the request belongs to: what the caller begins ends with it.</summary>
    public string LoginId { get; init; } = string.Empty;

    /// <summary>How far a permission of the caller reaches.</summary>
    public Reach ReachOf(Permission permission) => Permissions.Of(Role, permission);

    /// <summary>Whether the caller has a permission at all.</summary>
    public bool May(Permission permission) => ReachOf(permission) is not Reach.None;

    /// <summary>Whether a permission of the caller reaches to a school, whoever began what is there.</summary>
    public bool May(Permission permission, string? schoolId) => ReachOf(permission) switch
    {
        Reach.District => true,
        Reach.School => SchoolId is not null && string.Equals(SchoolId, schoolId, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether the caller may see a school, its rooms, their figures and their pictures.</summary>
    public bool MaySee(string? schoolId) => May(Permission.WatchRooms, schoolId);

    /// <summary>The caller of a request, for the parameters of its handler.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

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
