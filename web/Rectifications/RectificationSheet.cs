using Xunke.Actors.Rectifications;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Rectifications;

/// <summary>The list of notices as a table.</summary>
internal static class RectificationSheet
{
    /// <summary>Makes the table; only who reports to the bureau, and the bureau, have the report's columns.</summary>
    public static BookSheet Of(IEnumerable<RectificationSummary> notices, bool withReports)
    {
        string[] headers = ["编号", "学校", "教室", "事项", "下发日期", "下发人", "整改责任人", "状态", "轮次", "整改期限", "复查日期", "是否逾期", "办结日期"];
        return new BookSheet(
            "整改",
            withReports ? [.. headers, "报告期限", "报告日期", "报告是否逾期"] : headers,
            [.. notices.Select(one => withReports ? (IReadOnlyList<BookCell>)[.. Row(one), .. Report(one)] : Row(one))]);
    }

    /// <summary>A state in Chinese, as documents and tables say it.</summary>
    public static string Word(RectificationState state) => state switch
    {
        RectificationState.Issued => "待整改",
        RectificationState.Answered => "待审核",
        RectificationState.Recheck => "待复查",
        RectificationState.Closed => "已办结",
        _ => "已撤回",
    };

    private static BookCell[] Row(RectificationSummary one) =>
    [
        one.Number, one.SchoolName, one.RoomName, one.Title, (DateOnly?)one.IssuedOn, one.IssuedName,
        one.ResponsibleName ?? "学校负责人", Word(one.State), (decimal?)one.Round, (DateOnly?)one.DueOn, one.RecheckOn,
        one.IsOverdue ? "逾期" : string.Empty, Day(one.EndedAt),
    ];

    private static BookCell[] Report(RectificationSummary one) =>
        [one.ReportDueOn, Day(one.ReportedAt), one.IsReportOverdue ? "逾期" : string.Empty];

    private static DateOnly? Day(DateTimeOffset? at) => at is { } time ? DateOnly.FromDateTime(time.ToLocalTime().DateTime) : null;
}
