using System.Text;
using Xunke.Web.Text;

namespace Xunke.Web.Books;

/// <summary>A column of a file of the books; its header may be in either language, or in both.</summary>
/// <param name="Chinese">Its Chinese header.</param>
/// <param name="English">Its English header.</param>
/// <param name="Optional">Whether the file may do without it.</param>
internal sealed record Column(string Chinese, string English, bool Optional = false)
{
    /// <summary>Whether a header is this column's: blanks, brackets, line breaks and unseen characters in it count for nothing.</summary>
    public bool IsNamed(string header)
    {
        string key = KeyOf(header), english = KeyOf(English);
        return key == Chinese || key == english || key == Chinese + english || key == english + Chinese;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Chinese} {English}";

    private static string KeyOf(string header)
    {
        var key = new StringBuilder();
        foreach (Rune rune in PlainText.Narrow(header).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                key.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return key.ToString();
    }
}
