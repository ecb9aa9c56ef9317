namespace Xunke.Actors.Identity;

/// <summary>What an account may do. A principal sees one school; the others see every school.</summary>
public enum Role
{
    /// <summary>督导/教研员: visits any room of the district.</summary>
    Inspector,

    /// <summary>校长: visits the rooms of the own school.</summary>
    Principal,

    /// <summary>管理员: also handles WHIP keys and reads every visit.</summary>
    Administrator,
}
