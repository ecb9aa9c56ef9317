using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Web.Configuration;
using Xunke.Web.Schools;

namespace Xunke.Web.Alerts.Messages;

/// <summary>What a message says.</summary>
/// <param name="Subject">Of a mail.</param>
/// <param name="Body">All that is said, in lines.</param>
internal sealed record MessageText(string Subject, string Body);

/// <summary>
/// Puts alerts into words: school, room, time and kind, no names of people and no figures. Group robots are services outside the school, so
/// a message says no more than it must.
/// </summary>
internal sealed class MessageTexts(SchoolBook book, IOptions<MediaSettings> media, TimeProvider time)
{
    private const int MostLines = 20;

    /// <summary>A message that shows that messages arrive.</summary>
    public static MessageText Test { get; } = new(
        "【预警】测试消息 test message", "【预警】这是测试消息，收到说明设置正确。\nXunke: a test message; the settings work.\n");

    /// <summary>What a message says of its alerts.</summary>
    /// <param name="kind">Why it is sent.</param>
    /// <param name="alerts">At least one.</param>
    /// <param name="longest">The most bytes of the body.</param>
    public MessageText Of(AlertMessageKind kind, IReadOnlyList<Alert> alerts, int longest)
    {
        string first = Name(alerts[0]);
        string subject = kind switch
        {
            AlertMessageKind.Severe => $"【预警】紧急：{first}",
            AlertMessageKind.Digest => $"【预警】{alerts.Count} 条：{string.Join("、", Schools(alerts).Take(3))}",
            _ => $"【预警】无人处理：{first}",
        };
        string english = kind switch
        {
            AlertMessageKind.Severe => "Xunke: a severe alert.",
            AlertMessageKind.Digest => $"Xunke: {alerts.Count} alerts.",
            _ => "Xunke: a severe alert that nobody has answered.",
        };
        string end = $"{english}\n" + (media.Value.PublicUrl is { Length: > 0 } url ? $"{url.TrimEnd('/')}/alerts\n" : string.Empty);
        var body = new StringBuilder($"{subject}\n");
        int left = longest - Encoding.UTF8.GetByteCount(body.ToString()) - Encoding.UTF8.GetByteCount(end) - 40;
        int told = 0;
        foreach (Alert alert in alerts.Take(MostLines))
        {
            string line = $"· {Time(alert.RaisedAt)} {Name(alert)}（{State(alert)}）\n";
            left -= Encoding.UTF8.GetByteCount(line);
            if (left < 0)
            {
                break;
            }

            body.Append(line);
            told++;
        }

        if (told < alerts.Count)
        {
            body.Append(CultureInfo.InvariantCulture, $"另有 {alerts.Count - told} 条\n");
        }

        return new MessageText(subject, body.Append(end).ToString());
    }

    private IEnumerable<string> Schools(IEnumerable<Alert> alerts) => alerts.Select(one => School(one)).Distinct();

    private string School(Alert alert) => book.FindSchool(alert.SchoolId)?.Name ?? alert.SchoolId;

    private string Name(Alert alert) => alert.RoomId is { } room
        ? $"{School(alert)} {book.FindRoom(room)?.Name ?? room} {Kind(alert.Kind)}"
        : $"{School(alert)} {Kind(alert.Kind)}";

    private string Time(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string State(Alert alert) => alert.State switch
    {
        AlertState.Firing => "待处理",
        AlertState.Acknowledged => "已知悉",
        _ => "已结束",
    };

    private static string Kind(AlertKind kind) => kind switch
    {
        AlertKind.TeacherAbsent => "上课铃后没看到教师",
        AlertKind.RoomEmpty => "有课但教室没人",
        AlertKind.UnplannedUse => "没排课但教室有人",
        AlertKind.TooManyPeople => "人数明显超出",
        AlertKind.TooFewPeople => "人数明显不足",
        AlertKind.CameraLost => "摄像机没有画面",
        AlertKind.CameraDark => "画面太暗",
        AlertKind.CameraCovered => "镜头被遮挡",
        AlertKind.CameraBlurred => "画面模糊",
        AlertKind.CameraFrozen => "画面不动",
        AlertKind.CameraMoved => "摄像机被移动",
        _ => "学校网络或供电中断",
    };
}
