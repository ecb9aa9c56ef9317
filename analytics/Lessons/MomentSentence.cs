using System.Globalization;

namespace Xunke.Analytics.Lessons;

/// <summary>Says a moment in words: what differed from this lesson's own mean, and by how much. It judges nobody.</summary>
public static class MomentSentence
{
    /// <summary>How clearly a factor must have moved a moment to be named.</summary>
    private const double Named = 0.5;

    public static string Chinese(LessonMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        string what = moment.Score >= 0 ? "全班比本课平时更投入" : "值得回看：全班不如本课平时投入";
        return $"{Time(moment.From)}–{Time(moment.To)} {what}。{string.Join("，", Factors(moment).Select(Chinese))}。把握 {Percent(moment.Confidence)}。";
    }

    public static string English(LessonMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        string what = moment.Score >= 0
            ? "the class was more with the lesson than usual"
            : "worth a second look: the class was less with the lesson than usual";
        return $"{Time(moment.From)}-{Time(moment.To)}: {what}; {string.Join(", ", Factors(moment).Select(English))}. Confidence {Percent(moment.Confidence)}.";
    }

    /// <summary>Those that speak for the moment; the strongest if none is strong.</summary>
    private static IEnumerable<FactorShare> Factors(LessonMoment moment)
    {
        FactorShare[] strong = [.. moment.Factors.Where(factor => factor.Weight * Math.Sign(moment.Score) >= Named)];
        return strong.Length > 0 ? strong : moment.Factors.Take(1);
    }

    private static string Chinese(FactorShare share) => share.Factor switch
    {
        MomentFactor.Participation => $"参与度 {Percent(share.Value)}（本课平均 {Percent(share.Mean)}）",
        MomentFactor.HeadUp => $"教师讲解时抬头率 {Percent(share.Value)}（本课平均 {Percent(share.Mean)}）",
        _ => $"师生交替每分钟 {Number(share.Value)} 次（本课平均 {Number(share.Mean)} 次）",
    };

    private static string English(FactorShare share) => share.Factor switch
    {
        MomentFactor.Participation => $"participation {Percent(share.Value)} (lesson mean {Percent(share.Mean)})",
        MomentFactor.HeadUp => $"heads up while the teacher talked {Percent(share.Value)} (lesson mean {Percent(share.Mean)})",
        _ => $"{Number(share.Value)} turns a minute between teacher and pupils (lesson mean {Number(share.Mean)})",
    };

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0}%");

    private static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1}");
}
