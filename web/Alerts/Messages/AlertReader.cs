using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Identity;

namespace Xunke.Web.Alerts.Messages;

/// <summary>
/// A person who wants alerts mailed, beside the account as it is now. Its columns are read as text: what somebody wrote into the database
/// by hand must keep that person from messages, not everybody.
/// </summary>
internal sealed record AlertReader(
    string AccountId, string Address, int Least, int? QuietFrom, int? QuietTo, string? DisplayName, string? Role, string? SchoolId,
    string? ScopeSchools, string? ScopeSubjects, string? OfficeFrom, string? OfficeUntil, string? LockoutEnd)
{
    /// <summary>Everybody who wants alerts mailed.</summary>
    public static Task<List<AlertReader>> ReadAllAsync(RecordsContext records, CancellationToken cancellationToken) =>
        records.Database.SqlQuery<AlertReader>(
            $"""
            SELECT c."AccountId", c."Address", c."Least", c."QuietFrom", c."QuietTo", u."DisplayName", u."Role", u."SchoolId",
                   u."ScopeSchools", u."ScopeSubjects", CAST(u."OfficeFrom" AS TEXT) AS "OfficeFrom",
                   CAST(u."OfficeUntil" AS TEXT) AS "OfficeUntil", CAST(u."LockoutEnd" AS TEXT) AS "LockoutEnd"
            FROM "AlertChoices" AS c JOIN "AspNetUsers" AS u ON u."Id" = c."AccountId"
            WHERE c."ByMail" AND c."Address" IS NOT NULL
            """).ToListAsync(cancellationToken);

    /// <summary>Whether the person may sign in now, and so may know of alerts.</summary>
    public bool IsIn(TimeProvider time) =>
        !Lockout.Holds(LockoutEnd, time.GetUtcNow()) && Office.Of(OfficeFrom, OfficeUntil, time.Today()) is OfficeState.Held;

    /// <summary>Whether the person is of a role.</summary>
    public bool Is(Role role) => Enum.TryParse(Role, out Role own) && own == role;

    /// <summary>Whether the person may see alerts of a school.</summary>
    public bool MaySee(string schoolId) => Enum.TryParse(Role, out Role role) && Permissions.Of(role, Permission.SeeAlerts) switch
    {
        Reach.District => Scope.Read(ScopeSchools, ScopeSubjects).HasSchool(schoolId),
        Reach.School => SchoolId == schoolId,
        _ => false,
    };

    /// <summary>Whether the person wants to be told of a severity.</summary>
    public bool Wants(AlertSeverity severity) => (int)severity >= Least;
}
