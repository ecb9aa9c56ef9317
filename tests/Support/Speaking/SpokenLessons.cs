namespace Xunke.Tests.Support.Speaking;

/// <summary>Spoken lessons by name.</summary>
internal static class SpokenLessons
{
    /// <summary>On which the thresholds were chosen.</summary>
    public static IReadOnlyDictionary<string, SpokenLessonPlan> Tuned { get; } = new Dictionary<string, SpokenLessonPlan>
    {
        ["en-us+m3"] =
            Plan(1, 240, Voice("en-us+m3", 38), Voice("en-us+f2", 60), Voice("en-us+f3", 75), Voice("en-us+m1", 70), Voice("en-us+m5", 80)),
        ["en-gb+f2"] = Plan(2, 240, Voice("en-gb+f2", 45), Voice("en-gb+f4", 70), Voice("en-gb+f5", 80), Voice("en-gb+m2", 75)),
        ["cmn+m1"] = Plan(3, 240, Voice("cmn+m1", 35), Voice("cmn+f1", 60), Voice("cmn+f4", 70), Voice("cmn+m7", 75)),
        ["cmn+f3"] = Plan(4, 240, Voice("cmn+f3", 40), Voice("cmn+f2", 75), Voice("cmn+m4", 80), Voice("cmn+f5", 65)),
        ["en-us+f4, all women"] = Plan(7, 600, Voice("en-us+f4", 30), Voice("en-us+f1", 60), Voice("en-us+f2", 75), Voice("en-us+f5", 85)),
        ["cmn+m6, faint pupils"] =
            Plan(8, 600, Voice("cmn+m6", 45), Voice("cmn+m2", 70), Voice("cmn+f3", 70), Voice("cmn+f1", 80)) with { PupilGain = 0.5f },
    };

    /// <summary>With voices, speeds and seeds that no threshold has seen.</summary>
    public static IReadOnlyDictionary<string, SpokenLessonPlan> HeldOut { get; } = new Dictionary<string, SpokenLessonPlan>
    {
        ["Michael and others"] = Plan(101, 240, Voice("en-us+Michael", 42, 148), Voice("en-us+Annie", 62, 158),
            Voice("en-us+Andy", 78, 172), Voice("en-us+linda", 70)),
        ["Belinda and others"] = Plan(102, 240, Voice("en-gb+belinda", 40, 142), Voice("en-gb+Alicia", 75, 163),
            Voice("en-gb+david", 70, 168), Voice("en-gb+steph", 85)),
        ["Chinese, Denis and others"] =
            Plan(103, 240, Voice("cmn+Denis", 40, 155), Voice("cmn+Annie", 70, 168), Voice("cmn+Alex", 75, 176), Voice("cmn+anika", 65)),
        ["Chinese, Andrea and others"] =
            Plan(104, 240, Voice("cmn+Andrea", 38, 150), Voice("cmn+Mario", 80, 165), Voice("cmn+linda", 85, 172)),
    };

    private static SpokenVoice Voice(string name, int pitch, int speed = 165) => new(name, pitch, speed);

    private static SpokenLessonPlan Plan(int seed, int seconds, SpokenVoice teacher, params SpokenVoice[] pupils) =>
        new() { Teacher = teacher, Pupils = pupils, Seconds = seconds, Seed = seed };
}
