using Microsoft.AspNetCore.Identity;

namespace Xunke.Actors.Identity;

/// <summary>Someone who can sign in.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>Shown to others and in watermarks.</summary>
    public required string DisplayName { get; set; }

    /// <summary>What the account may do.</summary>
    public required Role Role { get; set; }

    /// <summary>The one school of a school's role; null for the district's roles.</summary>
    public string? SchoolId { get; set; }
}
