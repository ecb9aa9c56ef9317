using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books;
using Xunke.Web.Books.Editing;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Accounts;

/// <summary>An account as it is asked for.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The person's name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="SchoolId">Its school; null: the district's.</param>
/// <param name="TeacherId">The teacher on the books who signs in with it.</param>
/// <param name="Schools">The schools that a district's role is limited to; null or none: all.</param>
/// <param name="Subjects">The subjects that it is limited to; null or none: all.</param>
/// <param name="OfficeFrom">The first day of the office; null: any.</param>
/// <param name="OfficeUntil">The last day of the office; null: any.</param>
internal sealed record AccountEntry(
    string? UserName, string? DisplayName, Role? Role, string? SchoolId, string? TeacherId, IReadOnlyList<string>? Schools = null,
    IReadOnlyList<string>? Subjects = null, DateOnly? OfficeFrom = null, DateOnly? OfficeUntil = null);

/// <summary>An account that may be made so.</summary>
internal sealed record CheckedAccount(string UserName, string DisplayName, Role Role, string? SchoolId, string? TeacherId)
{
    /// <summary>What it is limited to.</summary>
    public Scope Scope { get; init; } = Scope.Whole;

    /// <summary>The first day of the office.</summary>
    public DateOnly? OfficeFrom { get; init; }

    /// <summary>The last day of the office.</summary>
    public DateOnly? OfficeUntil { get; init; }

    private const int LongestUserName = 64;

    /// <summary>A teacher's, named by school and number, or by the id where the number is no name.</summary>
    public static CheckedAccount For(Teacher teacher)
    {
        string number = PlainText.Narrow(PlainText.Trim(teacher.Number ?? string.Empty));
        string name = $"{teacher.SchoolId}-{number}";
        bool isName = number.Length > 0 && name.Length <= LongestUserName && AccountOnFile.IsUserName(name);
        return new CheckedAccount(isName ? name : teacher.Id, teacher.Name, Actors.Identity.Role.Teacher, teacher.SchoolId, teacher.Id);
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">What was asked for.</param>
    /// <param name="known">The account that is changed; null: it is new.</param>
    /// <param name="records">Where schools and teachers are looked up.</param>
    /// <param name="accounts">The accounts.</param>
    /// <returns>The account, or what is wrong with it.</returns>
    public static async Task<(CheckedAccount? Account, IReadOnlyList<FieldFault> Faults)> ReadAsync(
        AccountEntry entry, Account? known, RecordsContext records, UserManager<Account> accounts)
    {
        var faults = new RowFaults();
        string user = known?.UserName ?? PlainText.Narrow(PlainText.Trim(entry.UserName ?? string.Empty));
        if (known is null && (user.Length > LongestUserName || !AccountOnFile.IsUserName(user) || AuditTrail.IsReserved(user)))
        {
            faults.Add(
                "userName", $"应为字母、数字和 . _ - @ +，最多 {LongestUserName} 个",
                $"must be letters, digits and . _ - @ +, at most {LongestUserName}");
        }
        else if (known is null)
        {
            faults.Unique("userName", await accounts.FindByNameAsync(user) is null);
        }

        string name = faults.Name("displayName", entry.DisplayName);
        if (entry.Role is not { } role || !Enum.IsDefined(role) || role is Actors.Identity.Role.Machine)
        {
            faults.Add("role", "请选择角色", "must be a role");
            return (null, faults.All);
        }

        string? school = string.IsNullOrEmpty(entry.SchoolId) ? null : entry.SchoolId;
        if (!AccountRights.IsOfSchool(role) && school is not null)
        {
            faults.Add("schoolId", "这个角色不属于某一所学校", "this role is not of one school");
        }
        else if (AccountRights.IsOfSchool(role))
        {
            faults.Reference("schoolId", await records.Schools.AnyAsync(one => one.Id == school));
        }

        string? teacher = role != Actors.Identity.Role.Teacher || string.IsNullOrEmpty(entry.TeacherId) ? null : entry.TeacherId;
        if (teacher is not null)
        {
            Teacher? found = await records.Teachers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == teacher);
            faults.Reference("teacherId", found is not null && found.SchoolId == school);
            faults.Unique("teacherId", found?.UserName is null || found.UserName == user);
        }
        else if (role == Actors.Identity.Role.Teacher)
        {
            faults.Add("teacherId", "请选择是名册中的哪位教师", "must be a teacher on the books");
        }

        Scope scope = await ReadScopeAsync(entry, role, faults, records);
        DateOnly? until = entry.OfficeUntil is { } last ? faults.Day("officeUntil", last, entry.OfficeFrom) : null;
        var wanted = new CheckedAccount(user, name, role, school, teacher)
        {
            Scope = scope,
            OfficeFrom = entry.OfficeFrom,
            OfficeUntil = until,
        };
        return (faults.None ? wanted : null, faults.All);
    }

    private static async Task<Scope> ReadScopeAsync(AccountEntry entry, Role role, RowFaults faults, RecordsContext records)
    {
        if (!Scope.MayLimit(role))
        {
            Unlimited("schools", entry.Schools);
            Unlimited("subjects", entry.Subjects);
            return Scope.Whole;
        }

        void Unlimited(string field, IReadOnlyList<string>? ids)
        {
            if (ids is { Count: > 0 })
            {
                faults.Add(field, "只有督导和教研员可以限定", "is for inspectors and researchers only");
            }
        }

        return new Scope(
            await ReadIdsAsync("schools", entry.Schools, faults, records.Schools.Select(one => one.Id)),
            await ReadIdsAsync("subjects", entry.Subjects, faults, records.Subjects.Select(one => one.Id)));
    }

    private static async Task<IReadOnlyList<string>?> ReadIdsAsync(
        string field, IReadOnlyList<string>? ids, RowFaults faults, IQueryable<string> known)
    {
        if (ids is not { Count: > 0 })
        {
            return null;
        }

        faults.Reference(field, ids.Except(await known.ToListAsync(), StringComparer.Ordinal).FirstOrDefault() is null);
        if (Scope.Join(ids)!.Length > Account.LongestScope)
        {
            faults.Add(field, "太多了，请不作限定", "are too many; set no limit instead");
        }

        return ids;
    }
}
