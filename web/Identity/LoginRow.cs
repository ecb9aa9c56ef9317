using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;

namespace Xunke.Web.Identity;

/// <summary>
/// A session on record beside its account as it is now. The account's columns are read as text: what somebody wrote into the
/// database by hand must end that session, not fail the query for all.
/// </summary>
internal sealed record LoginRow(
    string Id, string AccountId, string Granted, long From, long SeenAt,
    string? UserName, string? DisplayName, string? Role, string? SchoolId, string? ScopeSchools, string? ScopeSubjects,
    string? OfficeFrom, string? OfficeUntil, bool HasSecondFactor, string? SecurityStamp, string? PasswordHash, string? LockoutEnd)
{
    /// <summary>Reads every session with one query.</summary>
    public static Task<List<LoginRow>> ReadAllAsync(RecordsContext records, CancellationToken cancellationToken) =>
        records.Database.SqlQuery<LoginRow>(
            $"""
            SELECT s."Id", s."AccountId", s."Granted", s."From", s."SeenAt", u."UserName", u."DisplayName", u."Role", u."SchoolId",
                   u."ScopeSchools", u."ScopeSubjects", CAST(u."OfficeFrom" AS TEXT) AS "OfficeFrom",
                   CAST(u."OfficeUntil" AS TEXT) AS "OfficeUntil", u."SecondFactor" IS NOT NULL AS "HasSecondFactor",
                   u."SecurityStamp", u."PasswordHash", CAST(u."LockoutEnd" AS TEXT) AS "LockoutEnd"
            FROM "LoginSessions" AS s LEFT JOIN "AspNetUsers" AS u ON u."Id" = s."AccountId"
            """).ToListAsync(cancellationToken);

    /// <summary>Why the session must end, or null.</summary>
    public LoginEnd? Why(DateTimeOffset now, DateOnly today) =>
        UserName is null ? LoginEnd.Deleted
        : Lockout.Holds(LockoutEnd, now) ? LoginEnd.Locked
        : new AccountState(UserName, Role, SchoolId, ScopeSchools, ScopeSubjects, SecurityStamp, PasswordHash).Digest() != Granted
            ? LoginEnd.Changed
        : Office.Of(OfficeFrom, OfficeUntil, today) is not OfficeState.Held ? LoginEnd.OutOfOffice
        : null;

    /// <summary>The session as it was before a restart, or null when its role is none of ours.</summary>
    public Login? Restore() => Enum.TryParse(Role, out Role role)
        ? new Login(
            new LoginSession
            {
                Id = Id,
                AccountId = AccountId,
                Granted = Granted,
                From = DateTimeOffset.FromUnixTimeMilliseconds(From),
                SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(SeenAt),
            },
            new Account
            {
                Id = AccountId,
                UserName = UserName,
                DisplayName = DisplayName ?? string.Empty,
                Role = role,
                SchoolId = SchoolId,
                ScopeSchools = ScopeSchools,
                ScopeSubjects = ScopeSubjects,
            })
        {
            HasSecondFactor = HasSecondFactor,
        }
        : null;
}
