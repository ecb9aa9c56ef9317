using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Xunke.Actors.Forms;
using Xunke.Actors.Observations;
using Xunke.Web.Configuration;
using Xunke.Web.Documents;
using Xunke.Web.Hosting;

namespace Xunke.Web.Observations;

/// <summary>The district's own record of an observed lesson, or the one that comes with Xunke, and what its words in braces mean.</summary>
internal sealed class RecordTemplate(IOptions<ObservationSettings> settings, DataDirectory data)
{
    /// <summary>The setting that names the district's own.</summary>
    public const string Setting = "Observations:RecordTemplate";

    private const string Nothing = "—";

    /// <summary>The template as a file.</summary>
    /// <exception cref="StartupException">It is not there, or no Word document.</exception>
    public byte[] Read() => settings.Value.RecordTemplate is { Length: > 0 } name
        ? TemplateFile.Read(data.Combine(name), Setting) : ShippedRecord.Make();

    /// <summary>An observation as a Word document.</summary>
    public byte[] Write(ObservationView one) => WordTemplate.Fill(Read(), ValuesOf(one));

    private static Dictionary<string, string> ValuesOf(ObservationView one)
    {
        ObservationHeader header = one.Header;
        // What stands after appeals is the total; the observer's own answers stay in the list of answers.
        FormTotal total = one.TotalAfter ?? one.Total;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add("学校", "school", header.SchoolName);
        Add("教室", "room", header.RoomName);
        Add("班级", "class", header.ClassName);
        Add("学科", "subject", header.SubjectName);
        Add("教师", "teacher", header.TeacherName);
        Add("日期", "date", $"{header.Date.Year} 年 {header.Date.Month} 月 {header.Date.Day} 日");
        Add("节次", "period", header.Period is { } period ? $"第 {period} 节" : null);
        Add("课型", "kind", header.LessonKind);
        Add("应到", "expected", header.Expected?.ToString(CultureInfo.InvariantCulture));
        Add("实到", "present", header.Present?.ToString(CultureInfo.InvariantCulture));
        Add("听课人", "observer", one.Observer);
        Add("量表", "form", $"{header.FormName}（第 {one.FormVersion} 版）");
        Add("评价", "answers", AnswersOf(one));
        Add("总分", "total", total.Value is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.#}（{total.N} / {total.Of} 项）") : null);
        Add("等级", "band", total.Band?.Name);
        Add("记录", "remarks", Lines(one.Remarks.Select(RemarkOf)));
        Add("总体意见", "overall", one.Overall);
        Add("教师回复", "reply", one.Reply);
        Add("申诉", "appeals", Lines(one.Appeals.Select(appeal => AppealOf(one.Form, appeal))));
        return values;

        void Add(string chinese, string english, string? value) =>
            values[chinese] = values[english] = string.IsNullOrWhiteSpace(value) ? Nothing : value;
    }

    private static string AnswersOf(ObservationView one)
    {
        var text = new StringBuilder();
        foreach (FormGroup group in one.Form.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"【{group.Name}】\n");
            foreach (FormItem item in group.Items)
            {
                text.Append(CultureInfo.InvariantCulture, $"{item.Text}：{AnswerOf(item, one.Answers.GetValueOrDefault(item.Key))}\n");
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string AnswerOf(FormItem item, FormAnswer? answer)
    {
        string said = answer is null || !answer.IsAnswered() ? Nothing : answer.NotApplicable ? "不适用" : SaidOf(item, answer);
        return answer?.Remark is { Length: > 0 } remark ? $"{said}（{remark}）" : said;
    }

    private static string SaidOf(FormItem item, FormAnswer answer) => item.Kind switch
    {
        ItemKind.Text => answer.Text ?? Nothing,
        ItemKind.YesNo => answer.Value == 1 ? "是" : "否",
        ItemKind.Grade => item.Levels.FirstOrDefault(level => level.Points == answer.Value)?.Text ?? Nothing,
        ItemKind.Score => string.Create(CultureInfo.InvariantCulture, $"{answer.Value} / {item.Max} 分"),
        _ => answer.Value?.ToString(CultureInfo.InvariantCulture) ?? Nothing,
    };

    private static string RemarkOf(ObservationRemarkView remark)
    {
        var at = TimeSpan.FromSeconds(Math.Max(0, remark.At));
        string tags = remark.Tags.Count > 0 ? $"（{string.Join('、', remark.Tags)}）" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalMinutes:00}:{at.Seconds:00}　{WordOf(remark.Kind)}　{remark.Text}{tags}");
    }

    private static string WordOf(RemarkKind kind) => kind switch
    {
        RemarkKind.Strength => "优点",
        RemarkKind.Suggestion => "建议",
        _ => "疑问",
    };

    private static string AppealOf(FormContent form, ObservationAppealView appeal)
    {
        FormItem? item = form.Find(appeal.ItemKey);
        string decided = appeal.Outcome switch
        {
            AppealOutcome.Upheld => "维持",
            AppealOutcome.Changed when item is not null && appeal.DecidedValue is { } value =>
                $"更改为 {SaidOf(item, new FormAnswer(value, null, false, null))}",
            AppealOutcome.Changed => "更改",
            _ => "待处理",
        };
        string why = appeal.Decision is { Length: > 0 } words ? $"：{words}" : string.Empty;
        return $"{item?.Text ?? appeal.ItemKey}：{appeal.Reason}\n　　{decided}{why}";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
