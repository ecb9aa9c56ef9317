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
/// <param name="SeenAt">When one of them was last used; null: it has none.</param>
internal sealed record AccountView(
    string UserName, string DisplayName, Role Role, string? SchoolId, string? TeacherId, AccountStanding Standing,
    DateTimeOffset? InvitedUntil, int Sessions, DateTimeOffset? SeenAt);
