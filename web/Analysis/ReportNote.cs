using System.Text.Json.Serialization;

namespace Xunke.Web.Analysis;

/// <summary>Something that whoever reads a report must know.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Chinese">For people.</param>
/// <param name="English">For people.</param>
internal sealed record ReportNote(
    string Code, [property: JsonPropertyName("zh")] string Chinese, [property: JsonPropertyName("en")] string English)
{
    public static ReportNote NoSound { get; } =
        new("no-sound", "文件没有声音：言语数据和 S-T 分析缺失。", "The file has no sound: there are no figures of speech and no S-T analysis.");

    public static ReportNote NobodyHeard { get; } = new("nobody-heard", "声音里没有听到人说话。", "Nobody is heard to speak.");

    public static ReportNote OneVoice { get; } =
        new("one-voice", "只听到一个人的声音，按教师计；把握不大。", "Only one voice is heard; it is taken for the teacher's, with little confidence.");

    public static ReportNote NobodySeen { get; } = new("nobody-seen", "画面里没有看到坐着的学生。", "No seated pupil is seen in the picture.");

    public static ReportNote EnrolledUnknown { get; } = new(
        "enrolled-unknown", "没有给出应到人数：覆盖率按通常看到的人数计算，看不到的学生不在其中。",
        "The roll was not given: coverage is over the pupils usually seen, and leaves out those never seen.");

    public static ReportNote LowConfidence { get; } = new(
        "low-confidence", "摄像头的位置不足以判断（在学生身后，或多数人的头看不清）：数据可信度低。",
        "The view does not support the rules (from behind, or few readable heads): figures deserve little trust.");

    public static ReportNote OverEnrolment { get; } = new(
        "over-enrolment", "看到的人多于应到人数：数据有误，相关数据不给出。",
        "More people are seen than are enrolled: a data fault; the figures concerned are withheld.");

    public static ReportNote Tampered { get; } =
        new("tamper", "部分时间画面异常（见 tamper）。", "Something is wrong with the view at times (see tamper).");

    public static ReportNote Disturbed { get; } = new(
        "tamper", "部分时间画面异常，这些时间不出数据。", "The view was disturbed at times; there are no figures of these times.");

    public static ReportNote CutShort { get; } = new("cut-short", "文件比它自己说的短，或中途损坏：只分析了能读出的部分。",
        "The file is shorter than it says, or damaged on the way: what could be read is analysed.");

    public static ReportNote StillGoesOn { get; } = new(
        "still-goes-on", "这节课还没有结束：言语数据和 S-T 分析在下课后给出。",
        "The lesson still goes on: figures of speech and the S-T analysis follow at its end.");

    public static ReportNote NothingHeard { get; } = new(
        "no-sound", "这节课没有收到声音：言语数据和 S-T 分析缺失。", "No sound came in this lesson: there are no figures of speech and no S-T analysis.");

    public static ReportNote SoundGaps { get; } = new(
        "sound-gaps", "有些时间没有收到声音：言语数据只按听到的时间计算，覆盖率相应降低。",
        "No sound came at times: figures of speech are over the time that was heard, and their coverage is lower.");

    public static ReportNote SoundDamaged(string reason) => new("sound-damaged", $"声音无法读出：{reason}", $"The sound cannot be read: {reason}");
}
