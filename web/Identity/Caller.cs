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

    /// <summary>Claim with the schools that an account is limited to.</summary>
    public const string SchoolsClaim = "scope-schools";

    /// <summary>Claim with the subjects that an account is limited to.</summary>
    public const string SubjectsClaim = "scope-subjects";

    /// <summary>Claim with what a machine may be let do.</summary>
    public const string MachineScopesClaim = "machine-scopes";

    /// <summary>Claim with the id of the session.</summary>
    public const string LoginClaim = "login";

    /// <summary>Claim with the name shown to others.</summary>
    public const string DisplayNameClaim = "display-name";

    /// <summary>The session that the request belongs to: what the caller begins ends with it.</summary>
    public string LoginId { get; init; } = string.Empty;

    /// <summary>What a role of the district is limited to.</summary>
    public Scope Scope { get; init; } = Scope.Whole;

    /// <summary>What a machine may be let do; none for a person.</summary>
    public IReadOnlyList<MachineScope> MachineScopes { get; init; } = [];

    /// <summary>How far a permission of the caller reaches.</summary>
    public Reach ReachOf(Permission permission) => Permissions.Of(this, permission);

    /// <summary>Whether the caller has a permission at all.</summary>
    public bool May(Permission permission) => ReachOf(permission) is not Reach.None;

    /// <summary>Whether a permission of the caller reaches to a school, whoever began what is there.</summary>
    public bool May(Permission permission, string? schoolId) => ReachOf(permission) switch
    {
        Reach.District => true,
        Reach.Schools => Scope.HasSchool(schoolId),
        Reach.School => SchoolId is not null && string.Equals(SchoolId, schoolId, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether a permission of the caller reaches to a lesson of a school and a subject.</summary>
    public bool May(Permission permission, string? schoolId, string? subjectId) =>
        May(permission, schoolId) && Scope.HasSubject(subjectId);

    /// <summary>Whether the caller may see a school, its rooms, their figures and their pictures.</summary>
    public bool MaySee(string? schoolId) => May(Permission.WatchRooms, schoolId);

    /// <summary>The caller of a request, for the parameters of its handler.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    /// <summary>The caller that an authenticated principal stands for.</summary>
    /// <exception cref="InvalidOperationException">The principal was not made by this server.</exception>
    public static Caller From(ClaimsPrincipal user)
    {
        Role role = Enum.Parse<Role>(
            user.FindFirstValue(ClaimTypes.Role) ?? throw new InvalidOperationException("the principal has no role"));
        return new Caller(
            user.FindFirstValue(ClaimTypes.Name) ?? throw new InvalidOperationException("the principal has no name"),
            user.FindFirstValue(DisplayNameClaim) ?? string.Empty,
            role,
            user.FindFirstValue(SchoolClaim))
        {
            // A machine has none: it shows its token with each request.
            LoginId = user.FindFirstValue(LoginClaim)
                ?? (role is Role.Machine ? string.Empty : throw new InvalidOperationException("the principal has no session")),
            Scope = Scope.Read(user.FindFirstValue(SchoolsClaim), user.FindFirstValue(SubjectsClaim)),
            MachineScopes = MachineIdentity.ReadScopes(user.FindFirstValue(MachineScopesClaim)),
        };
    }
}
