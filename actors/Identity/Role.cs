namespace Xunke.Actors.Identity;

/// <summary>What an account is for. What each may do is said in one place, by its permissions.</summary>
public enum Role
{
    /// <summary>督导: visits any room of the district.</summary>
    Inspector,

    /// <summary>校长: visits the rooms of the own school.</summary>
    Principal,

    /// <summary>管理员, of the district: looks after books, rooms and accounts, and reads every visit.</summary>
    Administrator,

    /// <summary>学校管理员: looks after the own school's books, rooms and accounts.</summary>
    SchoolAdministrator,

    /// <summary>教研员: visits any room of the district for teaching research.</summary>
    Researcher,

    /// <summary>教师: sees the own lessons.</summary>
    Teacher,

    /// <summary>课后服务负责人 of the own school.</summary>
    AfterSchoolCoordinator,

    /// <summary>审计员: reads the audit trail and the visits, and nothing else.</summary>
    Auditor,

    /// <summary>机器令牌: another program, which may do what its token's scopes say. No account has it.</summary>
    Machine,
}
