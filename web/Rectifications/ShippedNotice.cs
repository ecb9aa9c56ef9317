using Xunke.Web.Documents;

namespace Xunke.Web.Rectifications;

/// <summary>The notice that comes with Xunke: a heading, a table of what it is about, and what was done.</summary>
internal static class ShippedNotice
{
    /// <summary>Makes it.</summary>
    public static byte[] Make() => WordForm.Make(
        WordForm.Heading("整改通知书"),
        WordForm.AtRight("编号：{编号}"),
        WordForm.Table(
            WordForm.Row("学校", "{学校}", "教室", "{教室}"),
            WordForm.Row("整改责任人", "{责任人}", "整改期限", "{整改期限}"),
            WordForm.Row("事项", "{事项}"),
            WordForm.Row("存在问题及整改要求", "{问题}"),
            WordForm.Row("整改情况", "{整改过程}"),
            WordForm.Row("当前状态", "{状态}", "办结日期", "{办结日期}")),
        WordForm.AtLeft(string.Empty),
        WordForm.AtRight("下发人：{下发人}　　　　下发日期：{下发日期}"),
        WordForm.AtRight("学校负责人（签字）：　　　　　　　　日期：　　　　　　"));
}
