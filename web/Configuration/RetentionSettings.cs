using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Retention: how many days each kind of record is kept; what is older goes in one nightly run. 0: for ever.</summary>
internal sealed class RetentionSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    /// <summary>
    /// When the nightly run begins, by the clock on the schools' walls. A server that was off then does it soon after its start.
    /// </summary>
    [Required]
    public string At { get; set; } = "02:30";

    /// <summary>Recordings: their files and what is noted of them.</summary>
    [Range(0, 3650)]
    public int RecordingDays { get; set; } = 30;

    /// <summary>What was seen in a lesson, second by second. Its snapshot stays.</summary>
    [Range(0, 3650)]
    public int SampleDays { get; set; } = 400;

    /// <summary>What was measured of a lesson's sound; sound itself is never kept. Its snapshot stays.</summary>
    [Range(0, 3650)]
    public int SoundDays { get; set; } = 400;

    /// <summary>Stills of a lesson's moments, in which nobody can be recognised. Its snapshot stays.</summary>
    [Range(0, 3650)]
    public int StillDays { get; set; } = 90;

    /// <summary>Lessons with their snapshots; what is left of samples and sound figures goes with them.</summary>
    [Range(0, 3650)]
    public int SnapshotDays { get; set; } = 400;

    /// <summary>Who visited which room, when and for what.</summary>
    [Range(0, 3650)]
    public int VisitDays { get; set; } = 1095;

    /// <summary>Alerts that are over, with what happened to them.</summary>
    [Range(0, 3650)]
    public int AlertDays { get; set; } = 180;

    /// <summary>Notices of rectification that were closed or withdrawn, with their files.</summary>
    [Range(0, 3650)]
    public int RectificationDays { get; set; } = 1095;

    /// <summary>Lines of the audit trail, and how long looks lasted. What is left of the trail still verifies.</summary>
    [Range(0, 36500)]
    public int AuditDays { get; set; }

    /// <summary>The days of a kind, as the audit trail calls it.</summary>
    public int DaysOf(string kind) => kind switch
    {
        "recordings" => RecordingDays,
        "samples" => SampleDays,
        "sound" => SoundDays,
        "stills" => StillDays,
        "snapshots" => SnapshotDays,
        "visits" => VisitDays,
        "alerts" => AlertDays,
        "rectifications" => RectificationDays,
        "audit" or "looks" => AuditDays,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing is said about how long it is kept."),
    };
}
