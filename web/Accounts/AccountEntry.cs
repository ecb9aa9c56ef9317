using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books;
using Xunke.Web.Books.Editing;
using Xunke.Web.Text;

namespace Xunke.Web.Accounts;

/// <summary>An account as it is asked for.</summary>
internal sealed record AccountEntry(string? UserName, string? DisplayName, Role? Role, string? SchoolId, string? TeacherId);

/// <summary>An account that may be made so.</summary>
internal sealed record CheckedAccount(string UserName, string DisplayName, Role Role, string? SchoolId, string? TeacherId)
{
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
        if (entry.Role is not { } role || !Enum.IsDefined(role))
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

        return (faults.None ? new CheckedAccount(user, name, role, school, teacher) : null, faults.All);
    }
}
