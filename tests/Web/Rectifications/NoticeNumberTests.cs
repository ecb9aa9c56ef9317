using Xunke.Actors.Rectifications;

namespace Xunke.Tests.Web.Rectifications;

public sealed class NoticeNumberTests
{
    private static readonly DateOnly Date = new(2026, 3, 5);

    [Theory]
    [InlineData("{yyyy}-{school}-{n:000}", "2026-s01-007", "2026-s01-#")]
    [InlineData("X教督〔{yyyy}〕{n}号", "X教督〔2026〕7号", "X教督〔2026〕#号")]
    [InlineData("{yy}{n:00000}", "2600007", "26#")]
    public void A_number_is_made_by_the_pattern(string pattern, string number, string key)
    {
        NoticeNumber read = NoticeNumber.TryRead(pattern).ShouldNotBeNull();
        (read.Make(Date, "s01", 7), read.Key(Date, "s01")).ShouldBe((number, key));
    }

    [Fact]
    public void More_than_the_digits_are_written_whole() =>
        NoticeNumber.TryRead("{n:00}")!.Make(Date, "s01", 1234).ShouldBe("1234");

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("{yyyy}-{school}")]
    [InlineData("{n}-{n:000}")]
    [InlineData("{year}-{n}")]
    [InlineData("{n:abc}")]
    [InlineData("#{n}")]
    [InlineData("{n}{")]
    public void What_counts_nothing_or_means_nothing_is_no_pattern(string? pattern) => NoticeNumber.TryRead(pattern).ShouldBeNull();
}
