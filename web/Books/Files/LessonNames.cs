using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Checks the names that a file gives. The same names stand in many lessons, so each is checked once.</summary>
internal sealed class LessonNames
{
    private readonly HashSet<string> _good = [];

    /// <summary>Why the names of a lesson cannot be kept; null: they can.</summary>
    public string? Fault(ImportedLesson lesson) =>
        New("学校 school", lesson.School) ?? New("班级 class", lesson.ClassName) ?? New("课程 subject", lesson.Subject)
        ?? New("教师 teacher", lesson.Teacher) ?? New("教室 room", lesson.Room);

    /// <summary>Why a name cannot be kept; null: it can.</summary>
    /// <param name="what">What it names, in Chinese and English.</param>
    /// <param name="name">The name; null: not said.</param>
    public static string? Fault(string what, string? name)
    {
        string? reason = name is null ? null
            : name.Length > BookRow.LongestName ? $"太长 is longer than {BookRow.LongestName}"
            : BookRow.Reason(name) ?? (PlainText.CountLetters(name) == 0 ? "没有文字 has no letters" : null);
        return reason is null ? null : $"{what} “{PlainText.Show(name!)}” {reason}";
    }

    private string? New(string what, string? name)
    {
        if (name is null || _good.Contains(name))
        {
            return null;
        }

        string? fault = Fault(what, name);
        if (fault is null)
        {
            _good.Add(name);
        }

        return fault;
    }
}
