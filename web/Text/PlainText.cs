using System.Buffers;
using System.Globalization;
using System.Text;

namespace Xunke.Web.Text;

/// <summary>The one rule for names and sentences that people give, in files and in requests: one line of characters that everybody can
/// see.</summary>
internal static class PlainText
{
    private const int LongestShown = 40;

    // Harmless at an end, where spreadsheets and web pages leave them: soft hyphen, zero-width characters, marks of direction, byte order
    // mark.
    private static readonly SearchValues<char> HarmlessAtEnds =
        SearchValues.Create("\u00AD\u061C\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF\t\n\r");

    /// <summary>Takes blanks and harmless unseen characters off both ends.</summary>
    public static string Trim(string text)
    {
        int from = 0, to = text.Length;
        while (from < to && IsHarmlessAtEnds(text[from]))
        {
            from++;
        }

        while (to > from && IsHarmlessAtEnds(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    /// <summary>Trims, and makes every run of blanks within one ordinary blank.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (char character in Trim(text))
        {
            bool blank = char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;
            if (!blank || tidy[^1] != ' ')
            {
                tidy.Append(blank ? ' ' : character);
            }
        }

        return tidy.ToString();
    }

    /// <summary>The first character that has no place in a line of text; null: there is none.</summary>
    public static HiddenCharacter? FindHidden(string text)
    {
        var previous = default(Rune);
        int marks = 0;
        for (int index = 0; index < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(index), out Rune rune, out int length) != OperationStatus.Done)
            {
                return new HiddenCharacter(index, text[index], "不成对的代理项", "half of a surrogate pair");
            }

            Rune next = index + length < text.Length
                && Rune.DecodeFromUtf16(text.AsSpan(index + length), out Rune following, out _) == OperationStatus.Done
                ? following : default;
            marks = UnseenCharacters.IsMark(rune) ? marks + 1 : 0;
            if (UnseenCharacters.Describe(rune, previous, next, marks) is { } what)
            {
                return new HiddenCharacter(index, rune.Value, what.Chinese, what.English);
            }

            previous = rune;
            index += length;
        }

        return null;
    }

    /// <summary>A line from a request.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="shortest">Fewest characters, which is also the fewest letters, digits and hanzi.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>The line, tidied; null when it is too short or too long or holds what nobody can see.</returns>
    public static string? Line(string? text, int shortest, int longest)
    {
        string line = Tidy(text ?? string.Empty);
        return line.Length <= longest && CountLetters(line) >= shortest && FindHidden(line) is null ? line : null;
    }

    /// <summary>How many letters, digits and hanzi there are.</summary>
    public static int CountLetters(string text) => text.EnumerateRunes().Count(Rune.IsLetterOrDigit);

    /// <summary>Full-width letters, digits and signs as ordinary ones: what an input method writes where an identifier is meant.</summary>
    public static string Narrow(string text) =>
        string.Create(text.Length, text, (narrow, wide) =>
        {
            for (int i = 0; i < narrow.Length; i++)
            {
                narrow[i] = wide[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(wide[i] - 0xFEE0) : wide[i];
            }
        });

    /// <summary>A text for a message: shortened, and with every unseen character as ⟨U+XXXX⟩.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        int index = 0;
        while (index < text.Length && shown.Length < LongestShown)
        {
            bool whole = Rune.DecodeFromUtf16(text.AsSpan(index), out Rune rune, out int length) == OperationStatus.Done;
            if (whole && UnseenCharacters.Describe(rune, new Rune('a'), default, marks: 1) is null)
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{(whole ? rune.Value : text[index]):X4}⟩");
            }

            index += length;
        }

        return index < text.Length ? shown.Append('…').ToString() : shown.ToString();
    }

    private static bool IsHarmlessAtEnds(char character) =>
        HarmlessAtEnds.Contains(character) || char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;
}
