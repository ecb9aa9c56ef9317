using Microsoft.AspNetCore.Identity;

namespace Xunke.Actors.Identity;

/// <summary>Someone who can sign in.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>Shown to others and in watermarks.</summary>
    public required string DisplayName { get; set; }

    /// <summary>What the account may do.</summary>
    public required Role Role { get; set; }

    /// <summary>The one school that a principal sees; null for the other roles.</summary>
    public string? SchoolId { get; set; }
}
