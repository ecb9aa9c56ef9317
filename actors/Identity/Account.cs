using Microsoft.AspNetCore.Identity;

namespace Xunke.Actors.Identity;

/// <summary>Someone who can sign in.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>The most letters of the schools, or of the subjects, that an account is limited to.</summary>
    public const int LongestScope = 4000;

    /// <summary>Shown to others and in watermarks.</summary>
    public required string DisplayName { get; set; }

    /// <summary>What the account may do.</summary>
    public required Role Role { get; set; }

    /// <summary>The one school of a school's role; null for the district's roles.</summary>
    public string? SchoolId { get; set; }

    /// <summary>Ids, between blanks, of the schools that a district's role is limited to; null: the whole district.</summary>
    public string? ScopeSchools { get; set; }

    /// <summary>Ids, between blanks, of the subjects whose lessons the account may see; null: all.</summary>
    public string? ScopeSubjects { get; set; }

    /// <summary>The first day on which the account can sign in; null: any.</summary>
    public DateOnly? OfficeFrom { get; set; }

    /// <summary>The last day on which the account can sign in; null: any.</summary>
    public DateOnly? OfficeUntil { get; set; }

    /// <summary>The secret of the codes that are asked for besides the password, encrypted; null: none are.</summary>
    public string? SecondFactor { get; set; }

    /// <summary>The time step of the last code that was used: no code is good twice.</summary>
    public long? SecondFactorStep { get; set; }
}
