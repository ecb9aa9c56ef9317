using Xunke.Actors.Identity;
using Xunke.Web.Identity;

namespace Xunke.Web.Accounts;

/// <summary>Who may look after whose account.</summary>
internal static class AccountRights
{
    /// <summary>Whether accounts of a role belong to one school.</summary>
    public static bool IsOfSchool(Role role) =>
        role is Role.Principal or Role.SchoolAdministrator or Role.Teacher or Role.AfterSchoolCoordinator;

    /// <summary>A school's administrator looks after those whose role reaches no further than the own work in that school.</summary>
    public static bool MayManage(this Caller caller, Role role, string? schoolId) => caller.ReachOf(Permission.ManageAccounts) switch
    {
        Reach.District => true,
        Reach.School => role is Role.Teacher or Role.AfterSchoolCoordinator && caller.May(Permission.ManageAccounts, schoolId),
        _ => false,
    };
}
