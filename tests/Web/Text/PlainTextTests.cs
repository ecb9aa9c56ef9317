using Xunke.Web.Text;

namespace Xunke.Tests.Web.Text;

/// <summary>The rule for names and sentences that people give.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("巡课 听课")]
    [InlineData("Ça va, élève №1 (A+B) – 3 × 4…")]
    [InlineData("ئۇيغۇر")]
    [InlineData("می‌روم")]
    [InlineData("བོད་ཡིག")]
    [InlineData("ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌")]
    [InlineData("龘𪚥𬭎㛃")]
    [InlineData("👩‍🏫 ☀️")]
    public void Writing_of_any_people_is_plain_text(string text) => PlainText.FindHidden(text).ShouldBeNull();

    [Theory]
    [InlineData("a\nb", 0x0A)]
    [InlineData("a\u2028b", 0x2028)]
    [InlineData("a\u001Bb", 0x1B)]
    [InlineData("a\u0085b", 0x85)]
    [InlineData("a\u200Db", 0x200D)]
    [InlineData("a\u2800b", 0x2800)]
    [InlineData("a\U0001FFFEb", 0x1FFFE)]
    [InlineData("a\U000F0000b", 0xF0000)]
    [InlineData("a\U000E0041b", 0xE0041)]
    [InlineData("字\uFE00", 0xFE00)]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301", 0x0301)]
    public void What_nobody_sees_is_found(string text, int codePoint) =>
        PlainText.FindHidden(text).ShouldNotBeNull().CodePoint.ShouldBe(codePoint);

    [Fact]
    public void Half_of_a_surrogate_pair_is_found()
    {
        PlainText.FindHidden("a\uD800b").ShouldNotBeNull().CodePoint.ShouldBe(0xD800);
        PlainText.FindHidden("a\uDC00").ShouldNotBeNull().CodePoint.ShouldBe(0xDC00);
        PlainText.Show("a\uDC00b").ShouldBe("a⟨U+DC00⟩b");
    }

    [Theory]
    [InlineData("  常规　 巡课\u200B ", "常规 巡课")]
    [InlineData("..", null)]
    [InlineData("a.", null)]
    [InlineData("\u0001\u0002", null)]
    [InlineData("听课\u202E", null)]
    [InlineData("听\n课", null)]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    [InlineData("一二三四五六七八九十一", null)]
    public void A_line_is_tidied_or_refused(string? text, string? line) => PlainText.Line(text, 2, 10).ShouldBe(line);
}
