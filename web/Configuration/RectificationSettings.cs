using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Rectifications: notices of rectification to schools.</summary>
internal sealed class RectificationSettings
{
    /// <summary>
    /// What a notice's number looks like: {yyyy} or {yy}, {school} and once {n}, which counts from 1 for each text that the rest makes;
    /// {n:000} has three digits.
    /// </summary>
    [Required]
    public string NumberPattern { get; set; } = "{yyyy}-{school}-{n:000}";

    /// <summary>Days that a school has to answer, unless the notice says otherwise.</summary>
    [Range(1, 365)]
    public int AnswerDays { get; set; } = 3;

    /// <summary>Days after which somebody looks again, unless said otherwise.</summary>
    [Range(1, 365)]
    public int RecheckDays { get; set; } = 14;

    /// <summary>Days from a school's first answer by which the bureau is to have the inspector's report.</summary>
    [Range(1, 365)]
    public int ReportDays { get; set; } = 3;

    /// <summary>
    /// The district's own notice as a Word file (.docx) with words in braces such as {number}, in the data directory or with its whole
    /// path; null: the one that comes with Xunke.
    /// </summary>
    public string? NoticeTemplate { get; set; }
}
