using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Behaviours;

public sealed class WitnessTrustTests
{
    private readonly WitnessTrust _trust = new();

    [Fact]
    public void It_is_earned_by_twenty_plain_cases()
    {
        Add(19, contradicted: 0);
        _trust.IsEarned.ShouldBeFalse();

        Add(1, contradicted: 0);

        _trust.IsEarned.ShouldBeTrue();
    }

    [Fact]
    public void It_is_lost_by_more_than_one_contradiction_in_twenty_and_comes_back()
    {
        Add(95, contradicted: 5);
        _trust.IsEarned.ShouldBeTrue();

        Add(0, contradicted: 1);
        _trust.IsEarned.ShouldBeFalse();

        Add(40, contradicted: 0);
        _trust.IsEarned.ShouldBeTrue();
    }

    [Fact]
    public void What_was_long_ago_counts_less()
    {
        Add(0, contradicted: 100);

        Add(10_000, contradicted: 0);

        _trust.IsEarned.ShouldBeTrue();
    }

    private void Add(int right, int contradicted)
    {
        for (int i = 0; i < right + contradicted; i++)
        {
            _trust.Add(i >= right);
        }
    }
}
