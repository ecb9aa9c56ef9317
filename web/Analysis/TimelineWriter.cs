using System.Globalization;
using System.Text;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Lessons;

namespace Xunke.Web.Analysis;

/// <summary>Writes timeline.csv: a lesson second by second.</summary>
internal static class TimelineWriter
{
    private const string Columns =
        "second,sampled,people,hands_raised,standing,heads_up,heads_down,heads_on_desk,unknown,talking_to_neighbour,head_up_rate_60s,participation_60s,coverage_60s,"
        + "teacher_place,answering_seat,teacher_talks,pupils_talk,level_dbfs,tamper,segment";

    /// <summary>The table, one row a second.</summary>
    public static async Task WriteAsync(string path, AnalysedLesson lesson, CancellationToken cancellationToken)
    {
        await using var file =
            new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\n" };
        await file.WriteLineAsync(Columns.AsMemory(), cancellationToken);
        foreach (LessonSecond second in LessonSecond.Of(lesson))
        {
            RoomIndices indices = second.Look.Indices;
            BehaviourCounts counts = indices.Counts;
            bool fault = indices.OverEnrolment;
            string row = string.Join(
                ',',
                Text(second.Second, 0), second.IsSampled ? "1" : "0",
                Text(counts.People, 0), Text(counts.HandsRaised, 0), Text(counts.Standing, 0),
                Text(counts.HeadsUp, 0), Text(counts.HeadsDown, 0), Text(counts.HeadsOnDesk, 0), Text(counts.Unknown, 0),
                Text(counts.TalkingToNeighbour, 0),
                Text(fault ? null : indices.HeadUpRate.Value, 3), Text(fault ? null : indices.Participation.Value, 3),
                Text(indices.Participation.Coverage, 3),
                ReportJson.Name(second.Look.Sample.Teacher ?? TeacherPlace.Unknown), Answering(lesson, second), Text(second.Teacher, 2),
                Text(second.Pupils, 2), Text(second.Level, 1),
                ReportJson.Name(second.Look.Tamper), ReportJson.Name(second.Segment));
            await file.WriteLineAsync(row.AsMemory(), cancellationToken);
        }
    }

    /// <summary>The seat of who answers in this second, "unknown" where an answer is nobody's for sure, or nothing.</summary>
    private static string Answering(AnalysedLesson lesson, LessonSecond second)
    {
        var from = TimeSpan.FromSeconds(second.Second);
        Answer? answer =
            lesson.Analysis.Answers?.All.FirstOrDefault(answer => answer.From < from + TimeSpan.FromSeconds(1) && answer.To > from);
        return answer is null ? "" : answer.Seat is { } seat ? Text(seat, 0) : "unknown";
    }

    private static string Text(double? value, int digits) =>
        value is { } number ? ReportJson.Round(number, digits).ToString(CultureInfo.InvariantCulture) : "";
}
