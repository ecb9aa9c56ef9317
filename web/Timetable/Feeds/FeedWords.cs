using System.Globalization;

namespace Xunke.Web.Timetable.Feeds;

/// <summary>What a calendar says besides names, in the language that was chosen when its address was made.</summary>
internal sealed record FeedWords(bool English)
{
    public string Elsewhere => English ? "not in the classroom" : "不在教室";

    public string Title(string name) => English ? $"Lessons of {name}" : $"{name}的课";

    public string Cancelled(string title) => English ? $"Cancelled: {title}" : $"停课：{title}";

    public string InsteadOf(string teacher) => English ? $"Instead of {teacher}" : $"代课，原任 {teacher}";

    public string MovedFrom(DateOnly date, string period) => English
        ? string.Create(CultureInfo.InvariantCulture, $"Moved from {date:yyyy-MM-dd} {period}")
        : string.Create(CultureInfo.InvariantCulture, $"由 {date:M月d日}{period}调来");
}
