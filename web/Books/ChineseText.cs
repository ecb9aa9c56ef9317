using System.Text;
using Xunke.Web.Text;

namespace Xunke.Web.Books;

/// <summary>
/// Tells Chinese text in GB18030 from other encodings, nearly all of which GB18030 can decode, to nonsense. Real text is made of common
/// hanzi; nonsense hits them only by chance. Each rival encoding that explains the same bytes as well speaks against it.
/// </summary>
internal static class ChineseText
{
    /// <summary>Fewer characters than this say little, so that nearly all of them must be common.</summary>
    private const int FewCharacters = 6;

    private const double ShareOfCommon = 0.5;
    private const double ShareOfCommonInShort = 0.8;
    private const double ShareOfOdd = 0.15;

    /// <summary>From here on an encoding is named as the likely one.</summary>
    private const double ShareToName = 0.7;

    // Whether a character speaks for an encoding (1), against it (-1) or neither.
    private static readonly (string Encoding, string Name, Func<Rune, Rune, Rune, int> Weigh)[] Rivals =
    [
        ("big5", "Big5", static (rune, _, _) => CommonHanzi.Contains(rune.Value) ? 1 : 0),
        // Korean is written in hangul alone, and in those of its standard.
        ("ks_c_5601-1987", "EUC-KR", static (rune, _, _) => rune.Value is >= 0xAC00 and <= 0xD7A3
            && IsTwoHigh(rune, "ks_c_5601-1987") ? 1 : -1),
        ("shift_jis", "Shift-JIS", static (rune, _, _) => IsHalfWide(rune) ? -1 : IsJapanese(rune) ? 1 : 0),
        ("euc-jp", "EUC-JP", static (rune, _, _) => IsHalfWide(rune) ? -1 : IsJapanese(rune) ? 1 : 0),
        // An accented letter among ordinary ones; Chinese has two such bytes a character.
        ("windows-1252", "Windows-1252", static (rune, before, after) => Rune.IsLetter(rune)
            && (IsLatin(before) || IsLatin(after)) ? 1 : 0),
    ];

    private readonly record struct Score(int Characters, int Common, int Odd)
    {
        public double Share => Characters == 0 ? 0 : (double)Common / Characters;
    }

    /// <summary>Whether text that was decoded as GB18030 is Chinese beyond doubt.</summary>
    /// <param name="text">The text.</param>
    /// <param name="content">The bytes that it was decoded from.</param>
    public static bool IsPlausible(string text, ReadOnlySpan<byte> content)
    {
        if (PlainText.FindHidden(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ')) is not null)
        {
            return false;
        }

        Score chinese = Measure(text, static (rune, _, _) => CommonHanzi.Contains(rune.Value) ? 1 : 0);
        bool few = chinese.Characters < FewCharacters;
        return chinese.Share >= (few ? ShareOfCommonInShort : ShareOfCommon)
            && chinese.Odd <= Math.Max(few ? 0 : 1, chinese.Characters * ShareOfOdd)
            && Best(content).Share < chinese.Share;
    }

    /// <summary>The name of the encoding that bytes seem to be in; null when none is likely.</summary>
    public static string? LooksLike(ReadOnlySpan<byte> content) => Best(content) is { Share: >= ShareToName } best ? best.Name : null;

    private static (string Name, double Share) Best(ReadOnlySpan<byte> content)
    {
        (string Name, double Share) best = default;
        foreach ((string encoding, string name, Func<Rune, Rune, Rune, int> weigh) in Rivals)
        {
            if (BookText.TryDecode(content, encoding) is { } text && !text.Any(IsPrivateUse))
            {
                double share = Measure(text, weigh).Share;
                best = share > best.Share ? (name, share) : best;
            }
        }

        return best;
    }

    private static Score Measure(string text, Func<Rune, Rune, Rune, int> weigh)
    {
        int characters = 0, common = 0, odd = 0;
        Rune before = default;
        Rune[] runes = text.EnumerateRunes().ToArray();
        for (int i = 0; i < runes.Length; i++)
        {
            Rune rune = runes[i];
            if (rune.Value > 0x7F && !IsPunctuation(rune))
            {
                characters++;
                common += weigh(rune, before, i + 1 < runes.Length ? runes[i + 1] : default);
                odd += IsOdd(rune) ? 1 : 0;
            }

            before = rune;
        }

        return new Score(characters, common, odd);
    }

    /// <summary>Neither one of the 6,763 hanzi of GB2312 nor one that is common in traditional writing.</summary>
    private static bool IsOdd(Rune rune) => !CommonHanzi.Contains(rune.Value) && !(IsHanzi(rune) && IsTwoHigh(rune, "gb18030"));

    private static bool IsHanzi(Rune rune) => rune.Value is >= 0x4E00 and <= 0x9FFF;

    /// <summary>Whether it is in the first standard of an encoding that was extended later: two bytes from A1 up.</summary>
    private static bool IsTwoHigh(Rune rune, string encoding) =>
        Encoding.GetEncoding(encoding).GetBytes(rune.ToString()) is [>= 0xA1, >= 0xA1];

    private static bool IsJapanese(Rune rune) => rune.Value is >= 0x3041 and <= 0x30FE || CommonHanzi.Contains(rune.Value);

    private static bool IsHalfWide(Rune rune) => rune.Value is >= 0xFF61 and <= 0xFF9F;

    private static bool IsPunctuation(Rune rune) =>
        rune.Value is 0xB7 or (>= 0x2010 and <= 0x2027) or (>= 0x2160 and <= 0x217F) or (>= 0x2460 and <= 0x249B)
            or (>= 0x3000 and <= 0x3011) or (>= 0xFF01 and <= 0xFF5E);

    private static bool IsPrivateUse(char character) => character is >= '\uE000' and <= '\uF8FF';

    private static bool IsLatin(Rune rune) => rune.IsAscii && Rune.IsLetter(rune);
}
