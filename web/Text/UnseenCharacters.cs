using System.Globalization;
using System.Text;

namespace Xunke.Web.Text;

/// <summary>Which characters nobody sees, and what they are called.</summary>
internal static class UnseenCharacters
{
    /// <summary>No script puts more marks on one letter.</summary>
    private const int MostMarks = 4;

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Whether it is drawn upon the character before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>What an unseen character is; null: it can be seen.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="previous">The one before; U+0000 at the beginning.</param>
    /// <param name="next">The one after; U+0000 at the end.</param>
    /// <param name="marks">How many marks in a row end with it.</param>
    public static (string Chinese, string English)? Describe(Rune rune, Rune previous, Rune next, int marks) => rune.Value switch
    {
        '\n' or '\r' or 0x85 or 0x2028 or 0x2029 => ("换行", "line break"),
        '\t' => ("制表符", "tab"),
        0xFEFF => ("字节序标记", "byte order mark"),
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => ("文字方向控制符", "text direction mark"),
        0xFFFD => ("文字损坏的标记", "mark of damaged text"),
        // Fillers, and marks that draw nothing.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC => Invisible,
        ZeroWidthNonJoiner or ZeroWidthJoiner => MayJoin(rune, previous, next) ? null : Invisible,
        (>= 0x180B and <= 0x180F) => IsMongolian(previous) ? null : Invisible,
        // Text or emoji look of a sign.
        0xFE0E or 0xFE0F => IsSign(previous) ? null : VariationSelector,
        (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0100 and <= 0xE01EF) => VariationSelector,
        (>= 0xFDD0 and <= 0xFDEF) => Noncharacter,
        var value when (value & 0xFFFE) == 0xFFFE => Noncharacter,
        // Signs around Arabic numbers are drawn.
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x08E2 => null,
        _ => DescribeCategory(rune, previous, marks),
    };

    private static (string, string) Invisible => ("看不见的字符", "invisible character");

    private static (string, string) VariationSelector => ("异体选择符", "variation selector");

    private static (string, string) Noncharacter => ("非字符", "noncharacter");

    private static (string, string)? DescribeCategory(Rune rune, Rune previous, int marks) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => ("控制字符", "control character"),
        UnicodeCategory.Format => Invisible,
        UnicodeCategory.PrivateUse => ("自造字区的字符", "private-use character"),
        // Newer hanzi than this program knows are hanzi all the same.
        UnicodeCategory.OtherNotAssigned => rune.Value is >= 0x20000 and < 0x40000 ? null : ("没有定义的字符", "unassigned character"),
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark =>
            marks > MostMarks || previous.Value == 0 || Rune.IsWhiteSpace(previous) ? ("孤立的附加符号", "lone combining mark") : null,
        _ => null,
    };

    // Arabic, Indic, Tibetan and Mongolian writing join letters or keep them apart with these; signs are put together with the joiner.
    private static bool MayJoin(Rune rune, Rune previous, Rune next) =>
        (IsJoined(previous) && IsJoined(next)) || (rune.Value == ZeroWidthJoiner && IsSign(previous) && IsSign(next));

    private static bool IsJoined(Rune rune) => rune.Value is >= 0x0600 and <= 0x18AF && !Rune.IsWhiteSpace(rune);

    private static bool IsMongolian(Rune rune) => rune.Value is >= 0x1800 and <= 0x18AF;

    private static bool IsSign(Rune rune) =>
        rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol;
}
