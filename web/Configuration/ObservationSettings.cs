namespace Xunke.Web.Configuration;

/// <summary>Section Observations: records of observed lessons.</summary>
internal sealed class ObservationSettings
{
    /// <summary>
    /// The district's own record of an observed lesson as a Word file (.docx) with words in braces such as {teacher}, in the data directory
    /// or with its whole path; null: the one that comes with Xunke.
    /// </summary>
    public string? RecordTemplate { get; set; }
}
