using System.Globalization;

namespace Xunke.Web.Text;

/// <summary>A character that has no place in a line of text, because nobody can see it or it changes how the rest is read.</summary>
/// <param name="Index">Where it is, in UTF-16 code units.</param>
/// <param name="CodePoint">Its Unicode code point; of a lone half of a surrogate pair, that half.</param>
/// <param name="Chinese">What it is.</param>
/// <param name="English">What it is.</param>
internal readonly record struct HiddenCharacter(int Index, int CodePoint, string Chinese, string English)
{
    /// <summary>Such as "换行 U+000A line break".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chinese} U+{CodePoint:X4} {English}");
}
