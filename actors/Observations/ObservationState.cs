namespace Xunke.Actors.Observations;

/// <summary>What has become of an observation.</summary>
public enum ObservationState
{
    /// <summary>The observer still writes; nobody else sees it.</summary>
    Draft,

    /// <summary>It is with the teacher, and never changes again.</summary>
    Sent,

    /// <summary>The teacher has opened it.</summary>
    Read,

    /// <summary>The teacher agrees (确认).</summary>
    Accepted,

    /// <summary>The teacher appeals against items of it (申诉).</summary>
    Appealed,

    /// <summary>Every appeal is decided.</summary>
    Resolved,
}

/// <summary>What a remark of an observer is.</summary>
public enum RemarkKind
{
    /// <summary>Something that is done well (优点).</summary>
    Strength,

    /// <summary>Something that could be done otherwise (建议).</summary>
    Suggestion,

    /// <summary>Something that the observer wants to ask (疑问).</summary>
    Question,
}

/// <summary>What is decided about an appeal.</summary>
public enum AppealOutcome
{
    /// <summary>The observer's answer stands (维持).</summary>
    Upheld,

    /// <summary>Another answer stands beside the observer's (更改).</summary>
    Changed,
}
