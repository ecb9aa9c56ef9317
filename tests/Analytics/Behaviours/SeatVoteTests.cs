using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>From single looks to a behaviour.</summary>
public sealed class SeatVoteTests
{
    private static readonly LookEvidence Up = new(Evidence.No, -0.3f, Evidence.No);
    private static readonly LookEvidence Down = Up with { Droop = 0.3f };
    private static readonly LookEvidence Raised = Up with { Hand = Evidence.Yes };
    private static readonly LookEvidence Nothing = default;

    private readonly SeatVote _vote = new();
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_hand_in_a_single_look_is_not_believed() =>
        Looks(1, Up, Up, Raised, Up, Up, Raised, Up).ShouldAllBe(behaviour => behaviour == Behaviour.HeadUp);

    [Fact]
    public void A_hand_in_two_of_three_looks_is_raised_and_a_look_that_misses_it_does_not_end_it()
    {
        Looks(1, Up, Raised, Raised, Up, Raised, Nothing, Raised).ShouldBe(
        [
            Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HandRaised, Behaviour.HandRaised, Behaviour.HandRaised,
            Behaviour.HandRaised, Behaviour.HandRaised,
        ]);
        Looks(1, Up, Up).ShouldBe([Behaviour.HandRaised, Behaviour.HeadUp]);
    }

    [Fact]
    public void Where_looks_are_frequent_a_hand_that_is_missed_for_a_second_stays_one()
    {
        Looks(0.4, Up, Raised, Raised, Up, Up, Up, Raised)[2..].ShouldAllBe(behaviour => behaviour == Behaviour.HandRaised);
        Looks(0.4, Up, Up, Up, Up).ShouldBe([Behaviour.HandRaised, Behaviour.HandRaised, Behaviour.HandRaised, Behaviour.HeadUp]);
    }

    [Fact]
    public void Where_looks_are_frequent_two_that_err_do_not_make_a_hand() =>
        Looks(0.4, Up, Up, Raised, Up, Raised, Up, Up).ShouldAllBe(behaviour => behaviour == Behaviour.HeadUp);

    [Fact]
    public void A_hand_beyond_doubt_counts_at_once() =>
        Looks(1, Up, Up with { Hand = Evidence.Certain }).ShouldBe([Behaviour.HeadUp, Behaviour.HandRaised]);

    [Fact]
    public void A_hand_that_is_down_beyond_doubt_ends_at_once() =>
        Looks(0.4, Up with { Hand = Evidence.Certain }, Up, Raised, Up with { Hand = Evidence.CertainlyNot }, Raised)
            .ShouldBe([Behaviour.HandRaised, Behaviour.HandRaised, Behaviour.HandRaised, Behaviour.HeadUp, Behaviour.HeadUp]);

    [Fact]
    public void Where_looks_are_rarer_than_the_window_one_has_to_do() =>
        Looks(4, Up, Raised, Up).ShouldBe([Behaviour.HeadUp, Behaviour.HandRaised, Behaviour.HeadUp]);

    [Fact]
    public void A_clear_head_counts_at_once_and_an_unclear_one_goes_by_the_majority_of_three_seconds()
    {
        LookEvidence barelyDown = Up with { Droop = 0.02f };

        Looks(1, Up, Up, barelyDown, Up, Down, Up).ShouldBe(
        [
            Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HeadDown, Behaviour.HeadUp,
        ]);
        Looks(1, Up, barelyDown, barelyDown).ShouldBe([Behaviour.HeadUp, Behaviour.HeadUp, Behaviour.HeadDown]);
    }

    [Fact]
    public void Standing_goes_before_a_raised_hand_and_a_raised_hand_before_the_head()
    {
        var both = new LookEvidence(Evidence.Certain, 0.3f, Evidence.Yes);

        Looks(1, both, both).ShouldBe([Behaviour.HandRaised, Behaviour.Standing]);
    }

    [Fact]
    public void When_nothing_has_been_seen_for_the_window_the_behaviour_is_unknown_and_not_the_last_one() =>
        Looks(1, Down, Nothing, Nothing, Nothing).ShouldBe(
            [Behaviour.HeadDown, Behaviour.HeadDown, Behaviour.HeadDown, Behaviour.Unknown]);

    [Fact]
    public void The_confidence_is_the_share_of_the_looks_that_agree()
    {
        Looks(1, Up, Up);

        _vote.Add(_now += TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), Nothing).Confidence.ShouldBe(2 / 3f);
    }

    private List<Behaviour> Looks(double interval, params LookEvidence[] looks) =>
    [
        .. looks.Select(look => _vote.Add(_now += TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(interval), look).Behaviour),
    ];
}
