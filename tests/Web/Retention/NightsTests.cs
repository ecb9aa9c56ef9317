using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Retention;

/// <summary>When the nightly run is due, also where the clock on the wall is changed at that hour.</summary>
public sealed class NightsTests
{
    private static readonly TimeOnly HalfPastTwo = new(2, 30);

    [Theory]
    [InlineData("2026-11-30T02:29:59+08:00", "2026-11-29")]
    [InlineData("2026-11-30T02:30:00+08:00", "2026-11-30")]
    [InlineData("2026-11-30T23:59:00+08:00", "2026-11-30")]
    public void It_is_due_at_its_time_of_the_districts_clock(string now, string date)
    {
        var nights = new Nights(HalfPastTwo, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

        nights.LastBy(DateTimeOffset.Parse(now)).Date.ShouldBe(DateOnly.Parse(date));
        nights.NextAfter(DateTimeOffset.Parse(now))
            .ShouldBe(new DateTimeOffset(DateOnly.Parse(date).AddDays(1), HalfPastTwo, TimeSpan.FromHours(8)).ToUniversalTime());
    }

    [Fact]
    public void Every_date_has_one_also_when_the_hour_is_skipped_or_comes_twice()
    {
        var nights = new Nights(HalfPastTwo, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var dates = new List<DateOnly>();
        for (var now = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero); now.Year == 2026; now += TimeSpan.FromMinutes(10))
        {
            (DateOnly date, DateTimeOffset at) = nights.LastBy(now);
            at.ShouldBeLessThanOrEqualTo(now);
            (now - at).ShouldBeLessThan(TimeSpan.FromHours(25.5));
            nights.NextAfter(now).ShouldBeGreaterThan(now);
            if (dates.Count == 0 || dates[^1] != date)
            {
                dates.Add(date);
            }
        }

        dates.ShouldBe(Enumerable.Range(0, dates.Count).Select(day => new DateOnly(2026, 2, 28).AddDays(day)));
    }
}
