using Xunke.Actors.Identity;
using Xunke.Web.Identity;

namespace Xunke.Web.Audit;

/// <summary>The kinds of looks, as the trail calls them, and what for.</summary>
internal static class LookKinds
{
    /// <summary>A room's seat map, its last minutes, how much is spoken in it.</summary>
    public const string Room = "look.room";

    /// <summary>The seat maps of a school's rooms.</summary>
    public const string School = "look.school";

    /// <summary>The district's sums.</summary>
    public const string District = "look.district";

    /// <summary>A lesson's snapshot.</summary>
    public const string Lesson = "look.lesson";

    /// <summary>Somebody else's observation of a lesson.</summary>
    public const string Observation = "look.observation";

    /// <summary>A file of an answer to a notice of rectification, or the notice as a document.</summary>
    public const string Rectification = "look.rectification";

    /// <summary>The list of visits.</summary>
    public const string Visits = "look.visits";

    /// <summary>The audit trail.</summary>
    public const string Audit = "look.audit";

    /// <summary>The purpose of a wall.</summary>
    public const string Wall = "wall";

    /// <summary>What a role looks at rooms and lessons for, where nobody is asked.</summary>
    public static string StandingPurpose(Role role) => role switch
    {
        Role.Inspector => "inspection",
        Role.Principal or Role.SchoolAdministrator or Role.AfterSchoolCoordinator => "own-school",
        Role.Researcher => "research",
        Role.Teacher => "own-lessons",
        Role.Auditor => "audit",
        Role.Machine => "machine",
        _ => "administration",
    };
}
