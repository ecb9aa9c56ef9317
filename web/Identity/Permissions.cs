using System.Collections.Frozen;
using Microsoft.AspNetCore.Authorization;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>What each role may do, and how far that reaches: the one place that says so.</summary>
internal static class Permissions
{
    private static readonly FrozenDictionary<Role, FrozenDictionary<Permission, Reach>> Sets =
        new Dictionary<Role, FrozenDictionary<Permission, Reach>>
        {
            [Role.Inspector] = Set(
                (Permission.WatchRooms, Reach.District),
                (Permission.VisitRooms, Reach.District),
                (Permission.WatchDistrict, Reach.District),
                (Permission.SeeVisits, Reach.Own),
                (Permission.Patrol, Reach.District),
                (Permission.SeePatrols, Reach.Own),
                (Permission.SeeLessons, Reach.District),
                (Permission.SeeForms, Reach.District),
                (Permission.Observe, Reach.District),
                (Permission.AnswerObjections, Reach.District),
                (Permission.SeeRecordings, Reach.Own),
                (Permission.AskForRecordings, Reach.District),
                (Permission.SeeAlerts, Reach.District),
                (Permission.SeeRectifications, Reach.District),
                (Permission.IssueRectifications, Reach.District),
                (Permission.JudgeRectifications, Reach.District)),
            [Role.Principal] = Set(
                (Permission.WatchRooms, Reach.School),
                (Permission.VisitRooms, Reach.School),
                (Permission.SeeVisits, Reach.School),
                (Permission.Patrol, Reach.School),
                (Permission.SeePatrols, Reach.School),
                (Permission.SeeLessons, Reach.School),
                (Permission.SeeForms, Reach.School),
                (Permission.Observe, Reach.School),
                (Permission.DecideAppeals, Reach.School),
                (Permission.GuideLessons, Reach.School),
                (Permission.AnswerObjections, Reach.School),
                (Permission.SeeRecordings, Reach.School),
                (Permission.RecordLessons, Reach.School),
                (Permission.StopRecordings, Reach.School),
                (Permission.AskForRecordings, Reach.School),
                (Permission.DecideRecordings, Reach.School),
                (Permission.SeeAlerts, Reach.School),
                (Permission.TendAlerts, Reach.School),
                (Permission.SeeRectifications, Reach.School),
                (Permission.AnswerRectifications, Reach.School)),
            [Role.Administrator] = Set(
                (Permission.WatchRooms, Reach.District),
                (Permission.VisitRooms, Reach.District),
                (Permission.WatchDistrict, Reach.District),
                (Permission.SeeVisits, Reach.District),
                (Permission.Patrol, Reach.District),
                (Permission.SeePatrols, Reach.District),
                (Permission.SeeLessons, Reach.District),
                (Permission.SeeForms, Reach.District),
                (Permission.ManageForms, Reach.District),
                (Permission.Observe, Reach.District),
                (Permission.DecideAppeals, Reach.District),
                (Permission.GuideLessons, Reach.District),
                (Permission.AnswerObjections, Reach.District),
                (Permission.SeeRecordings, Reach.District),
                (Permission.RecordLessons, Reach.District),
                (Permission.StopRecordings, Reach.District),
                (Permission.ManageRecordings, Reach.District),
                (Permission.AskForRecordings, Reach.District),
                (Permission.DecideRecordings, Reach.District),
                (Permission.SeeAlerts, Reach.District),
                (Permission.TendAlerts, Reach.District),
                (Permission.SeeRectifications, Reach.District),
                (Permission.IssueRectifications, Reach.District),
                (Permission.JudgeRectifications, Reach.District),
                (Permission.ManageAlertRules, Reach.District),
                (Permission.ManageAlertRobots, Reach.District),
                (Permission.SeeMediaOfAll, Reach.District),
                (Permission.ManageRooms, Reach.District),
                (Permission.ManageBooks, Reach.District),
                (Permission.ManageAccounts, Reach.District),
                (Permission.ManageMachines, Reach.District),
                (Permission.ManageVisitRules, Reach.District),
                (Permission.ReadAudit, Reach.District),
                (Permission.ManageClock, Reach.District),
                (Permission.ReadOperations, Reach.District)),
            [Role.SchoolAdministrator] = Set(
                (Permission.WatchRooms, Reach.School),
                (Permission.SeeVisits, Reach.School),
                (Permission.SeeLessons, Reach.School),
                (Permission.SeeForms, Reach.School),
                (Permission.GuideLessons, Reach.School),
                (Permission.AskForRecordings, Reach.School),
                (Permission.DecideRecordings, Reach.School),
                (Permission.SeeAlerts, Reach.School),
                (Permission.TendAlerts, Reach.School),
                (Permission.SeeRectifications, Reach.School),
                (Permission.AnswerRectifications, Reach.School),
                (Permission.ManageAlertRobots, Reach.School),
                (Permission.ManageRooms, Reach.School),
                (Permission.ManageBooks, Reach.School),
                (Permission.ManageAccounts, Reach.School)),
            [Role.Researcher] = Set(
                (Permission.WatchRooms, Reach.District),
                (Permission.VisitRooms, Reach.District),
                (Permission.WatchDistrict, Reach.District),
                (Permission.SeeVisits, Reach.Own),
                (Permission.Patrol, Reach.District),
                (Permission.SeePatrols, Reach.Own),
                (Permission.SeeLessons, Reach.District),
                (Permission.SeeForms, Reach.District),
                (Permission.Observe, Reach.District),
                (Permission.AnswerObjections, Reach.District),
                (Permission.SeeRecordings, Reach.Own),
                (Permission.AskForRecordings, Reach.District)),
            [Role.Teacher] = Set(
                (Permission.SeePatrols, Reach.Own),
                (Permission.SeeLessons, Reach.Own),
                (Permission.GuideLessons, Reach.Own),
                (Permission.SeeRecordings, Reach.Own),
                (Permission.AskForRecordings, Reach.School),
                (Permission.SeeRectifications, Reach.Own),
                (Permission.AnswerRectifications, Reach.Own)),
            [Role.AfterSchoolCoordinator] = Set(
                (Permission.WatchRooms, Reach.School),
                (Permission.SeeRectifications, Reach.Own),
                (Permission.AnswerRectifications, Reach.Own)),
            [Role.Auditor] = Set(
                (Permission.SeeVisits, Reach.District),
                (Permission.ReadAudit, Reach.District)),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<MachineScope, FrozenSet<Permission>> Machines =
        new Dictionary<MachineScope, FrozenSet<Permission>>
        {
            [MachineScope.Lessons] = [Permission.SeeLessons],
            [MachineScope.Live] = [Permission.WatchRooms],
            [MachineScope.Operations] = [Permission.ReadOperations],
            [MachineScope.Books] = [Permission.ManageBooks],
        }.ToFrozenDictionary();

    /// <summary>How far a permission of a role reaches; nowhere where nothing is written about it.</summary>
    public static Reach Of(Role role, Permission permission) =>
        Sets.TryGetValue(role, out FrozenDictionary<Permission, Reach>? set) ? set.GetValueOrDefault(permission) : Reach.None;

    /// <summary>How far a permission of a caller reaches: a role of the district that is limited to schools has those, and no sums
    /// over others.</summary>
    public static Reach Of(Caller caller, Permission permission)
    {
        Reach reach = caller.Role is Role.Machine ? OfMachine(caller, permission) : Of(caller.Role, permission);
        return reach is not Reach.District || caller.Scope.Schools is null ? reach
            : permission is Permission.WatchDistrict ? Reach.None : Reach.Schools;
    }

    /// <summary>All that a caller may do.</summary>
    public static IEnumerable<Grant> Of(Caller caller) =>
        Enum.GetValues<Permission>().Select(permission => new Grant(permission, Of(caller, permission)))
            .Where(grant => grant.Reach is not Reach.None);

    /// <summary>Leaves these routes to the roles that have the permission; others get 403, and who is not signed in 401.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder routes, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Identity is { IsAuthenticated: true } && Caller.From(context.User).May(permission))
            .Build());

    // How the server runs is of the district: a token for one school does not reach it.
    private static Reach OfMachine(Caller caller, Permission permission) =>
        !caller.MachineScopes.Any(scope => Machines[scope].Contains(permission)) ? Reach.None
        : caller.SchoolId is null ? Reach.District
        : permission is Permission.ReadOperations ? Reach.None : Reach.School;

    private static FrozenDictionary<Permission, Reach> Set(params (Permission Permission, Reach Reach)[] rows) =>
        rows.ToFrozenDictionary(row => row.Permission, row => row.Reach);
}
