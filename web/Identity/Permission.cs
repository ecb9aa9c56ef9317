namespace Xunke.Web.Identity;

/// <summary>What may be asked for. Whatever a role has no row for in <see cref="Permissions"/> it may not do.</summary>
internal enum Permission
{
    /// <summary>A room's seat map, figures and state.</summary>
    WatchRooms,

    /// <summary>A visit to a room, with picture and sound.</summary>
    VisitRooms,

    /// <summary>The district's sums, a line a school.</summary>
    WatchDistrict,

    /// <summary>The list of visits.</summary>
    SeeVisits,

    /// <summary>Rounds (巡课): where to go, filling in what is found, and who was visited by nobody yet.</summary>
    Patrol,

    /// <summary>The list of what was found on rounds.</summary>
    SeePatrols,

    /// <summary>The snapshots of lessons.</summary>
    SeeLessons,

    /// <summary>Beginning and ending a lesson by hand.</summary>
    GuideLessons,

    /// <summary>Answers to teachers' objections to figures.</summary>
    AnswerObjections,

    /// <summary>The forms by which lessons are observed and rooms are checked.</summary>
    SeeForms,

    /// <summary>Making, changing and withdrawing forms.</summary>
    ManageForms,

    /// <summary>Observing lessons by a form, with feedback to the teacher.</summary>
    Observe,

    /// <summary>Other people's observations once they are sent, and deciding what teachers appeal against.</summary>
    DecideAppeals,

    /// <summary>The list of recordings, and playing them.</summary>
    SeeRecordings,

    /// <summary>Recording a lesson without visiting it.</summary>
    RecordLessons,

    /// <summary>Ending a recording that somebody else began.</summary>
    StopRecordings,

    /// <summary>Deleting recordings, and how much room there is for them.</summary>
    ManageRecordings,

    /// <summary>Asking for a recording, and booking a recording room.</summary>
    AskForRecordings,

    /// <summary>Approving what others ask, as far as the school's rule says so.</summary>
    DecideRecordings,

    /// <summary>Alerts about rooms, with the figures that they were raised on.</summary>
    SeeAlerts,

    /// <summary>Acknowledging, assigning and closing alerts, and silencing them for a while.</summary>
    TendAlerts,

    /// <summary>Notices of rectification: those of the schools, or those that name the caller.</summary>
    SeeRectifications,

    /// <summary>Issuing notices of rectification, taking them back, and reporting them to the bureau.</summary>
    IssueRectifications,

    /// <summary>Answering them for the school, or where they name the caller.</summary>
    AnswerRectifications,

    /// <summary>Judging answers, and saying what a second look showed.</summary>
    JudgeRectifications,

    /// <summary>When alerts are raised and cleared.</summary>
    ManageAlertRules,

    /// <summary>The group robots that are told of a school's alerts.</summary>
    ManageAlertRobots,

    /// <summary>How the media of other people's visits go.</summary>
    SeeMediaOfAll,

    /// <summary>Keys, cameras and areas of rooms.</summary>
    ManageRooms,

    /// <summary>The books: schools, rooms, classes, teachers, timetables, calendar.</summary>
    ManageBooks,

    /// <summary>The accounts of people, and their sessions.</summary>
    ManageAccounts,

    /// <summary>The tokens of machines.</summary>
    ManageMachines,

    /// <summary>What visits may see and hear.</summary>
    ManageVisitRules,

    /// <summary>The audit trail.</summary>
    ReadAudit,

    /// <summary>Believing the computer's clock after it has jumped.</summary>
    ManageClock,

    /// <summary>Health in detail and the API's description.</summary>
    ReadOperations,
}
