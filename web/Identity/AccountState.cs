using System.Security.Cryptography;
using System.Text.Json;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>All of an account that decides who it is and what it may do.</summary>
/// <param name="UserName">Visits and recordings belong to it.</param>
/// <param name="Role">The role's name.</param>
/// <param name="SchoolId">A principal's school.</param>
/// <param name="ScopeSchools">The schools that it is limited to.</param>
/// <param name="ScopeSubjects">The subjects that it is limited to.</param>
/// <param name="SecurityStamp">Identity changes it with the password.</param>
/// <param name="PasswordHash">Changed by whoever changes the password past Identity.</param>
internal sealed record AccountState(
    string? UserName, string? Role, string? SchoolId, string? ScopeSchools, string? ScopeSubjects, string? SecurityStamp,
    string? PasswordHash)
{
    /// <summary>The state of an account that was read.</summary>
    public static AccountState Of(Account account) =>
        new(account.UserName, account.Role.ToString(), account.SchoolId, account.ScopeSchools, account.ScopeSubjects,
            account.SecurityStamp, account.PasswordHash);

    /// <summary>The state as 64 hex digits: equal as long as nothing was changed.</summary>
    public string Digest()
    {
        string?[] always = [UserName, Role, SchoolId, SecurityStamp, PasswordHash];
        // Without a scope it is what it was before there were any: an update ends no session.
        string?[] scope = ScopeSchools is null && ScopeSubjects is null ? [] : [ScopeSchools, ScopeSubjects];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string?[]>([.. always, .. scope])));
    }
}
