namespace Xunke.Actors.Rectifications;

/// <summary>What a notice of rectification waits for.</summary>
public enum RectificationState
{
    /// <summary>The school's answer.</summary>
    Issued,

    /// <summary>Somebody's judgement of the answer.</summary>
    Answered,

    /// <summary>A visit to see whether it holds (复查).</summary>
    Recheck,

    /// <summary>Nothing: it is put right (整改到位).</summary>
    Closed,

    /// <summary>Nothing: it was taken back, with a reason.</summary>
    Withdrawn,
}

/// <summary>What somebody does to a notice.</summary>
public enum RectificationStep
{
    /// <summary>Issues it.</summary>
    Issued,

    /// <summary>Answers it for the school, with files.</summary>
    Answered,

    /// <summary>Judges that what was done is enough (到位); with a date, somebody looks again then.</summary>
    Accepted,

    /// <summary>Judges that it is not (未到位): the next round begins, with a new deadline.</summary>
    Returned,

    /// <summary>Has looked again, and it holds (复查到位).</summary>
    Confirmed,

    /// <summary>Takes it back.</summary>
    Withdrawn,

    /// <summary>Reports it to the bureau; that changes nothing else.</summary>
    Reported,
}

/// <summary>What a notice comes from.</summary>
public enum RectificationSource
{
    /// <summary>Nothing that is on record here.</summary>
    None,

    /// <summary>A remark in an observation of a lesson.</summary>
    Remark,

    /// <summary>An alert.</summary>
    Alert,

    /// <summary>What was found in a room on a round.</summary>
    Patrol,
}

/// <summary>What a file is, by its content.</summary>
public enum RectificationFileKind
{
    /// <summary>A JPEG picture.</summary>
    Jpg,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>A Word document without macros.</summary>
    Docx,

    /// <summary>A document of Word 97 to 2003.</summary>
    Doc,
}
