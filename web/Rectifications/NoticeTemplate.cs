using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Xunke.Actors.Rectifications;
using Xunke.Web.Configuration;
using Xunke.Web.Documents;
using Xunke.Web.Hosting;

namespace Xunke.Web.Rectifications;

/// <summary>The district's own notice, or the one that comes with Xunke, and what its words in braces mean.</summary>
internal sealed class NoticeTemplate(IOptions<RectificationSettings> settings, DataDirectory data, TimeProvider time)
{
    /// <summary>The setting that names the district's own.</summary>
    public const string Setting = "Rectifications:NoticeTemplate";

    /// <summary>The template as a file.</summary>
    /// <exception cref="StartupException">It is not there, or no Word document.</exception>
    public byte[] Read() => settings.Value.NoticeTemplate is { Length: > 0 } name
        ? TemplateFile.Read(data.Combine(name), Setting) : ShippedNotice.Make();

    /// <summary>A notice as a Word document.</summary>
    public byte[] Write(Rectification one, RectificationSummary summary) => WordTemplate.Fill(Read(), ValuesOf(one, summary));

    private Dictionary<string, string> ValuesOf(Rectification one, RectificationSummary summary)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add("编号", "number", one.Number);
        Add("学校", "school", one.SchoolName);
        Add("教室", "room", summary.RoomName ?? "—");
        Add("事项", "title", one.Title);
        Add("问题", "problem", one.Problem);
        Add("下发人", "issuedBy", one.IssuedName);
        Add("下发日期", "issuedOn", Say(one.IssuedOn));
        Add("责任人", "responsible", one.ResponsibleName ?? "学校负责人");
        Add("整改期限", "dueOn", Say(one.DueOn));
        Add("轮次", "round", one.Round.ToString(CultureInfo.InvariantCulture));
        Add("状态", "state", RectificationSheet.Word(one.State));
        Add("整改过程", "rounds", Rounds(one));
        Add("办结日期", "endedOn", one.EndedAt is { } at ? Say(DateOf(at)) : "—");
        Add("今天", "today", Say(DateOf(time.GetUtcNow())));
        return values;

        void Add(string chinese, string english, string value) => values[chinese] = values[english] = value;
    }

    // What the bureau is told is not the school's to read.
    private string Rounds(Rectification one)
    {
        var text = new StringBuilder();
        foreach (RectificationEvent happened in one.Events
            .Where(happened => happened.Step is not (RectificationStep.Issued or RectificationStep.Reported)))
        {
            text.Append(CultureInfo.InvariantCulture, $"第 {happened.Round} 轮　{Say(DateOf(happened.At))}　")
                .Append(CultureInfo.InvariantCulture, $"{happened.ByName}　{Word(happened)}\n")
                .Append(happened.Text.Length > 0 ? $"{happened.Text}\n" : string.Empty);
            string[] names = happened.Step is not RectificationStep.Answered ? []
                : [.. one.Files.Where(file => file.Round == happened.Round && file.SentAt is not null).Select(file => file.Name)];
            text.Append(names is [] ? string.Empty : $"附件：{string.Join('、', names)}\n");
        }

        return text.Length == 0 ? "—" : text.ToString().TrimEnd('\n');
    }

    private static string Word(RectificationEvent happened) => happened.Step switch
    {
        RectificationStep.Answered => "整改回复",
        RectificationStep.Accepted => happened.On is { } on ? $"整改到位，{Say(on)}前复查" : "整改到位",
        RectificationStep.Returned => happened.On is { } on ? $"未到位，{Say(on)}前再次整改" : "未到位",
        RectificationStep.Confirmed => "复查到位",
        _ => "撤回",
    };

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).DateTime);

    private static string Say(DateOnly date) => $"{date.Year} 年 {date.Month} 月 {date.Day} 日";
}
