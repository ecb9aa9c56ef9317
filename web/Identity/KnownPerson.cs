using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;

namespace Xunke.Web.Identity;

/// <summary>Somebody with an account, for lists of people; SchoolId null: of the district.</summary>
internal sealed record KnownPerson(string UserName, string DisplayName, Role Role, string? SchoolId, Scope Scope)
{
    /// <summary>
    /// The people of a school and of the district, by name. Roles are read as text: an account whose row somebody damaged is left out, and
    /// keeps nobody else from the list.
    /// </summary>
    public static async Task<List<KnownPerson>> ReadAsync(RecordsContext records, string schoolId, CancellationToken cancellationToken)
    {
        List<Row> rows = await records.Database.SqlQuery<Row>(
            $"""
            SELECT "UserName", "DisplayName", "Role", "SchoolId", "ScopeSchools", "ScopeSubjects" FROM "AspNetUsers"
            WHERE "SchoolId" = {schoolId} OR "SchoolId" IS NULL
            """).OrderBy(row => row.DisplayName).ToListAsync(cancellationToken);
        var people = new List<KnownPerson>(rows.Count);
        foreach (Row row in rows)
        {
            if (row.UserName is { } name && Enum.TryParse(row.Role, out Role role) && Enum.IsDefined(role))
            {
                people.Add(new KnownPerson(
                    name, row.DisplayName ?? name, role, row.SchoolId, Scope.Read(row.ScopeSchools, row.ScopeSubjects)));
            }
        }

        return people;
    }

    private sealed record Row(
        string? UserName, string? DisplayName, string? Role, string? SchoolId, string? ScopeSchools, string? ScopeSubjects);
}
