using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Web.Hosting;

namespace Xunke.Web.Reviews;

/// <summary>Checks what people write.</summary>
internal static class Words
{
    /// <summary>Reads a text that must be there.</summary>
    /// <param name="written">As it was sent.</param>
    /// <param name="longest">In characters.</param>
    /// <param name="text">Without spaces around it.</param>
    /// <param name="refusal">What is wrong with it.</param>
    public static bool TryRead(
        string? written, int longest, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        text = written?.Trim();
        refusal = string.IsNullOrEmpty(text) || text.Length > longest || HasControls(text)
            ? Problems.BadRequest("bad-text", $"请填写 1 到 {longest} 个字")
            : null;
        return refusal is null;
    }

    /// <summary>A text that may be left out; null: it is too long, or no text.</summary>
    public static string? OrEmpty(string? written, int longest)
    {
        string text = written?.Trim() ?? string.Empty;
        return text.Length > longest || HasControls(text) ? null : text;
    }

    private static bool HasControls(string text) => text.Any(one => char.IsControl(one) && one is not ('\n' or '\r' or '\t'));
}
