using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Indices;

/// <summary>The figures of a window, worked out by hand.</summary>
public sealed class IndexWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Pose Nobody = new(default, 0, [.. new Keypoint[17]]);

    private readonly IndexWindow _window = new();

    [Fact]
    public void The_head_up_rate_is_heads_up_over_all_whose_behaviour_is_known()
    {
        RoomIndices indices = _window.Add(Sample(0, up: 6, down: 2, hands: 1, standing: 1, unknown: 10), enrolled: 20);

        indices.HeadUpRate.ShouldBe(new IndexValue(0.6, 10, 0.5, TimeSpan.FromSeconds(60), "head-up-rate/1"));
        indices.Counts.ShouldBe(new BehaviourCounts(20, 1, 1, 6, 2, 10));
    }

    [Fact]
    public void Heads_down_take_part_only_while_most_of_the_class_practises()
    {
        _window.Add(Sample(0, up: 5, down: 5, hands: 1, standing: 1), enrolled: 12).Participation.Value.ShouldBe(2 / 12.0);
        _window.Add(Sample(1, up: 4, down: 6), enrolled: 12).Participation.Value.ShouldBe((2 + 6) / 22.0);
    }

    [Fact]
    public void A_figure_covers_the_last_minute_and_no_more()
    {
        _window.Add(Sample(0, up: 10), enrolled: 10);
        RoomIndices indices = null!;
        for (int second = 1; second <= 60; second++)
        {
            indices = _window.Add(Sample(second, down: 10), enrolled: 10);
        }

        indices.HeadUpRate.Value.ShouldBe(0);
        indices.HeadUpRate.Samples.ShouldBe(600);
        indices.HeadUpRate.Coverage.ShouldBe(1);
    }

    [Fact]
    public void Below_the_stated_coverage_there_is_no_value_but_still_what_it_would_be_made_of()
    {
        RoomIndices indices = _window.Add(Sample(0, up: 5, unknown: 20), enrolled: 20);

        indices.HeadUpRate.Value.ShouldBeNull();
        indices.HeadUpRate.Samples.ShouldBe(5);
        indices.HeadUpRate.Coverage.ShouldBe(0.25);
        _window.Add(Sample(1, up: 20), enrolled: 20).HeadUpRate.Value.ShouldBe(1);
    }

    [Fact]
    public void Without_enrolment_or_without_anybody_there_is_no_value()
    {
        _window.Add(Sample(0, up: 5), enrolled: 0).HeadUpRate.Value.ShouldBeNull();
        _window.Clear();
        _window.Add(Sample(1), enrolled: 30).Participation.ShouldBe(
            new IndexValue(null, 0, 0, TimeSpan.FromSeconds(60), "participation/1"));
    }

    [Fact]
    public void Who_has_no_seat_counts_as_no_pupil()
    {
        BehaviourSample sample = Sample(0, up: 3);
        sample = sample with { People = sample.People.Add(new ObservedPerson(-1, Behaviour.Unknown, 0, Nobody)) };

        RoomIndices indices = _window.Add(sample, enrolled: 3);

        indices.Counts.ShouldBe(new BehaviourCounts(3, 0, 0, 3, 0, 0));
        indices.HeadUpRate.Coverage.ShouldBe(1);
    }

    [Fact]
    public void More_people_than_enrolled_are_a_fault_once_they_are_seen_in_most_of_the_window_and_two_grown_ups_are_none()
    {
        for (int second = 0; second < 10; second++)
        {
            _window.Add(Sample(second, up: 22), enrolled: 20).OverEnrolment.ShouldBeFalse();
        }

        int until = Enumerable.Range(10, 30).First(second => _window.Add(Sample(second, up: 23), enrolled: 20).OverEnrolment);
        until.ShouldBe(20);
    }

    [Fact]
    public void A_clock_that_was_set_back_starts_the_window_afresh()
    {
        _window.Add(Sample(100, up: 10), enrolled: 10);

        _window.Add(Sample(0, down: 10), enrolled: 10).HeadUpRate.ShouldBe(
            new IndexValue(0, 10, 1, TimeSpan.FromSeconds(60), "head-up-rate/1"));
    }

    private static BehaviourSample Sample(int second, int up = 0, int down = 0, int hands = 0, int standing = 0, int unknown = 0)
    {
        ImmutableArray<ObservedPerson> people =
        [
            .. new[]
            {
                (Behaviour.HeadUp, up), (Behaviour.HeadDown, down), (Behaviour.HandRaised, hands),
                (Behaviour.Standing, standing), (Behaviour.Unknown, unknown),
            }
            .SelectMany(group => Enumerable.Repeat(group.Item1, group.Item2))
            .Select((behaviour, seat) => new ObservedPerson(seat, behaviour, 1, Nobody)),
        ];
        return new BehaviourSample(Start.AddSeconds(second), TimeSpan.FromSeconds(1), 832, 468, people, LowConfidence: false);
    }
}
