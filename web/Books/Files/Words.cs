using System.Text;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>How words of a file are compared and kept.</summary>
internal static class Words
{
    private const string Hanzi = "零一二三四五六七八九十";

    /// <summary>A word to compare by: ordinary letters, lower case, no blanks.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (char character in PlainText.Narrow(text))
        {
            if (!char.IsWhiteSpace(character) && character is not ('\u00AD' or (>= '\u200B' and <= '\u200F') or '\uFEFF'))
            {
                key.Append(char.ToLowerInvariant(character));
            }
        }

        return key.ToString();
    }

    /// <summary>A name to keep: one line, ordinary letters and signs, single blanks; 王　芳 is 王芳.</summary>
    public static string Name(string text)
    {
        string name = PlainText.Tidy(PlainText.Narrow(text).Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' '));
        return name.Length == 3 && name[1] == ' ' && name[0] > '\u3400' && name[2] > '\u3400' ? $"{name[0]}{name[2]}" : name;
    }

    /// <summary>Reads a number in digits, hanzi (to 99) or circled, such as 12, 十二 or ⑫.</summary>
    public static bool TryNumber(string text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 4)
        {
            return false;
        }

        if (text.All(char.IsAsciiDigit))
        {
            number = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            return true;
        }

        if (text.Length == 1 && text[0] is >= '①' and <= '⑳')
        {
            number = text[0] - '①' + 1;
            return true;
        }

        int ten = text.IndexOf('十', StringComparison.Ordinal);
        int tens = ten < 0 ? 0 : ten == 0 ? 1 : Digit(text[0]);
        string ones = ten < 0 ? text : text[(ten + 1)..];
        int one = ones.Length == 0 && ten >= 0 ? 0 : ones.Length == 1 ? Digit(ones[0]) : -1;
        number = (tens * 10) + one;
        return ten <= 1 && tens >= 0 && one >= 0;
    }

    private static int Digit(char character) =>
        Hanzi.IndexOf(character, StringComparison.Ordinal) is >= 0 and < 10 and var digit ? digit : -1;
}
