using Xunke.Actors.Forms;

namespace Xunke.Actors.Patrols;

/// <summary>How a patrol's form is read: what is usual is in order.</summary>
public static class PatrolRules
{
    /// <summary>Whether anything is answered otherwise than usual, or in words.</summary>
    public static bool IsException(FormContent form, IReadOnlyDictionary<string, FormAnswer> answers) =>
        answers.Any(answer => form.Find(answer.Key) is { } item && IsException(item, answer.Value));

    /// <summary>Whether an item's answer is other than usual. What has no usual answer is no exception by itself.</summary>
    public static bool IsException(FormItem item, FormAnswer answer) =>
        !answer.NotApplicable && item.Usual is { } usual && answer.Value is { } value && value != usual;

    /// <summary>The keys of answers that the form has no place for, or that cannot be given there.</summary>
    public static IEnumerable<string> Misfits(FormContent form, IReadOnlyDictionary<string, FormAnswer> answers) =>
        answers.Where(answer => form.Find(answer.Key) is not { } item || answer.Value?.Fits(item) != true).Select(answer => answer.Key);
}
