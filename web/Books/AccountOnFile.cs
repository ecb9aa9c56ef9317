using System.Text.RegularExpressions;
using Xunke.Actors.Identity;
using Xunke.Web.Audit;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Books;

/// <summary>A row of the accounts file.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The person's name.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="SchoolId">A principal's school; null for the others.</param>
internal sealed partial record AccountOnFile(string UserName, string DisplayName, Role Role, string? SchoolId)
{
    private const int LongestUserName = 64;

    private static readonly Column UserColumn = new("帐号", "user");
    private static readonly Column NameColumn = new("姓名", "name");
    private static readonly Column RoleColumn = new("角色", "role");
    private static readonly Column SchoolIdColumn = new("学校编号", "school_id");

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schools">The schools that there will be.</param>
    /// <param name="faults">Takes every wrong row.</param>
    /// <returns>All rows; not fit for use when faults were noted.</returns>
    public static IReadOnlyList<AccountOnFile> Read(string path, IReadOnlySet<string> schools, BookFaults faults)
    {
        IReadOnlyList<BookRow> rows = BookFile.Read(path, [UserColumn, NameColumn, RoleColumn, SchoolIdColumn], faults).Rows;
        // Signing in does not tell upper case from lower.
        foreach (IGrouping<string, BookRow> same in rows.GroupBy(row => row.Word(UserColumn), StringComparer.OrdinalIgnoreCase))
        {
            foreach (BookRow again in same.Skip(1))
            {
                again.Fault(faults, $"{UserColumn} “{PlainText.Show(again.Word(UserColumn))}” 与第 {same.First().Number} 行重复 is also in row {same.First().Number}");
            }
        }

        return [.. rows.Select(row => From(row, schools, faults))];
    }

    /// <summary>Whether a text has a user name's letters.</summary>
    public static bool IsUserName(string text) => AllowedUserName().IsMatch(text);

    private static AccountOnFile From(BookRow row, IReadOnlySet<string> schools, BookFaults faults)
    {
        string user = row.Word(UserColumn);
        if (user.Length > LongestUserName || !IsUserName(user))
        {
            string reason = BookRow.Reason(user) ?? $"应为字母、数字和 . _ - @ + must be letters, digits and . _ - @ +, at most {LongestUserName}";
            row.Fault(faults, $"{UserColumn} “{PlainText.Show(user)}” {reason}");
        }
        else if (AuditTrail.IsReserved(user))
        {
            row.Fault(faults, $"{UserColumn} “{user}” 是审计记录中服务器自己的名字 is what the audit trail calls the server itself");
        }

        string name = row.ReadName(NameColumn, faults);
        string word = row.Word(RoleColumn);
        Role? role = RoleOf(word);
        string schoolId = row.Word(SchoolIdColumn);
        if (role is null)
        {
            row.Fault(faults, $"{RoleColumn} “{PlainText.Show(word)}” 应为督导、校长或管理员 must be inspector, principal or administrator");
        }
        else if (role == Role.Principal && !schools.Contains(schoolId))
        {
            row.Fault(faults, $"{SchoolIdColumn} “{PlainText.Show(schoolId)}” 没有这所学校 no such school");
        }
        else if (role != Role.Principal && schoolId.Length > 0)
        {
            row.Fault(faults, $"{SchoolIdColumn} “{PlainText.Show(schoolId)}” 只有校长才填学校 is for principals only");
        }

        return new AccountOnFile(user, name, role ?? Role.Principal, role == Role.Principal ? schoolId : null);
    }

    private static Role? RoleOf(string text) => text.ToLowerInvariant() switch
    {
        "督导" or "inspector" => Role.Inspector,
        "校长" or "principal" => Role.Principal,
        "管理员" or "administrator" => Role.Administrator,
        _ => null,
    };

    // What ASP.NET Core Identity allows, but for signs at the start, which a spreadsheet takes for a formula.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex AllowedUserName();
}
