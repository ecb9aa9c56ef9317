namespace Xunke.Actors.Forms;

/// <summary>What a form (量表) is filled in for.</summary>
public enum FormKind
{
    /// <summary>A round of rooms, a minute or two each (巡课).</summary>
    Patrol,

    /// <summary>A lesson that somebody observes (听课).</summary>
    Observation,

    /// <summary>After-school service (课后服务).</summary>
    AfterSchool,
}

/// <summary>How an item of a form is answered.</summary>
public enum ItemKind
{
    /// <summary>Points, each level with words for what it means.</summary>
    Score,

    /// <summary>A grade word, such as 优; points stand behind it.</summary>
    Grade,

    /// <summary>Yes or no; yes has points.</summary>
    YesNo,

    /// <summary>A number that is counted; it has no points.</summary>
    Count,

    /// <summary>Words; they have no points.</summary>
    Text,
}
