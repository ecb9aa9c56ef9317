using Xunke.Actors.Identity;

namespace Xunke.Web.Accounts;

/// <summary>Whether somebody can sign in with an account.</summary>
internal enum AccountStanding
{
    /// <summary>Yes.</summary>
    Active,

    /// <summary>Not yet: the password is still to be chosen.</summary>
    Invited,

    /// <summary>No more.</summary>
    Locked,

    /// <summary>Not today: the period of office has not begun, or is over.</summary>
    OutOfOffice,
}

/// <summary>An account as those who look after it see it.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The person's name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="SchoolId">Its school; null: the district's.</param>
/// <param name="TeacherId">The teacher on the books who signs in with it; null: none.</param>
/// <param name="Standing">Whether somebody can sign in with it.</param>
/// <param name="InvitedUntil">When its link ends; null: it has none.</param>
/// <param name="Sessions">How many sessions it has now.</param>
/// <param name="Schools">The schools that a district's role is limited to; null: all.</param>
/// <param name="Subjects">The subjects that it is limited to; null: all.</param>
/// <param name="OfficeFrom">The first day of the office; null: any.</param>
/// <param name="OfficeUntil">The last day of the office; null: any.</param>
/// <param name="HasSecondFactor">Whether codes are asked for besides the password.</param>
/// <param name="Services">The sign-in services that it is linked with, by their short names.</param>
/// <param name="SeenAt">When one of them was last used; null: it has none.</param>
internal sealed record AccountView(
    string UserName, string DisplayName, Role Role, string? SchoolId, string? TeacherId, AccountStanding Standing,
    DateTimeOffset? InvitedUntil, int Sessions, DateTimeOffset? SeenAt, IReadOnlyList<string>? Schools, IReadOnlyList<string>? Subjects,
    DateOnly? OfficeFrom, DateOnly? OfficeUntil, bool HasSecondFactor, IReadOnlyList<string> Services);
