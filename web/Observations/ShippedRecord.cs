using Xunke.Web.Documents;

namespace Xunke.Web.Observations;

/// <summary>The record of an observed lesson (听课记录表) that comes with Xunke.</summary>
internal static class ShippedRecord
{
    /// <summary>Makes it.</summary>
    public static byte[] Make() => WordForm.Make(
        WordForm.Heading("听课记录表"),
        WordForm.AtRight("量表：{量表}"),
        WordForm.Table(
            WordForm.Row("学校", "{学校}", "教室", "{教室}"),
            WordForm.Row("班级", "{班级}", "学科", "{学科}"),
            WordForm.Row("任课教师", "{教师}", "课型", "{课型}"),
            WordForm.Row("日期", "{日期}", "节次", "{节次}"),
            WordForm.Row("应到 / 实到", "{应到} / {实到}", "听课人", "{听课人}"),
            WordForm.Row("评价", "{评价}"),
            WordForm.Row("总分", "{总分}", "等级", "{等级}"),
            WordForm.Row("听课记录", "{记录}"),
            WordForm.Row("总体意见", "{总体意见}"),
            WordForm.Row("教师回复", "{教师回复}"),
            WordForm.Row("申诉与处理", "{申诉}")),
        WordForm.AtLeft(string.Empty),
        WordForm.AtRight("听课人（签字）：　　　　　　　　任课教师（签字）：　　　　　　　　"));
}
