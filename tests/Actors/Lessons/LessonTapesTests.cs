using Xunke.Actors.Lessons;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Lessons;

namespace Xunke.Tests.Actors.Lessons;

public sealed class LessonTapesTests
{
    [Fact]
    public void What_was_seen_in_seats_comes_back_and_poses_do_not()
    {
        BehaviourSample[] samples =
        [
            MadeLesson.Sample(0, 6, up: 2, down: 1, hands: 1, standing: 1, low: true),
            MadeLesson.Sample(2, 0) with { Tamper = Tamper.Covered },
            MadeLesson.Sample(4, 3, up: 3) with { Tamper = Tamper.Moved },
        ];
        samples[2] = samples[2] with
        {
            People = [samples[2].People[0] with { Seat = 300, Confidence = 0.62f, TalksToNeighbour = true }, samples[2].People[1] with { Seat = -1 }],
        };
        var tape = new SampleTape(MadeLesson.Origin);
        foreach (var sample in samples)
        {
            tape.Add(sample);
        }

        var read = SampleTape.Read(tape.ToArray(), MadeLesson.Origin);

        read.Select(sample => (sample.At, sample.Interval, sample.LowConfidence, sample.Tamper))
            .ShouldBe(samples.Select(sample => (sample.At, sample.Interval, sample.LowConfidence, sample.Tamper)));
        read[0].People.Select(person => (person.Seat, person.Behaviour)).ShouldBe(samples[0].People.Select(person => (person.Seat, person.Behaviour)));
        var only = read[2].People.ShouldHaveSingleItem();
        (only.Seat, only.TalksToNeighbour).ShouldBe((300, true));
        only.Confidence.ShouldBe(0.6f, 1e-6, "on record it is kept in tenths");
        only.Pose.Keypoints.ShouldBeEmpty();
    }

    [Fact]
    public void Every_behaviour_every_fault_of_the_view_and_every_place_of_the_teacher_has_a_code_of_its_own()
    {
        foreach (var behaviour in Enum.GetValues<Behaviour>())
        {
            foreach (var tamper in Enum.GetValues<Tamper>())
            {
                foreach (var place in Enum.GetValues<TeacherPlace>().Cast<TeacherPlace?>().Append(null))
                {
                    var sample = MadeLesson.Sample(0, 1);
                    var tape = new SampleTape(MadeLesson.Origin);
                    tape.Add(sample with { Tamper = tamper, Teacher = place, People = [sample.People[0] with { Behaviour = behaviour }] });

                    var read = SampleTape.Read(tape.ToArray(), MadeLesson.Origin).ShouldHaveSingleItem();
                    (read.Tamper, read.Teacher, read.People[0].Behaviour).ShouldBe((tamper, place, behaviour));
                }
            }
        }
    }

    [Fact]
    public void A_tape_from_before_the_teachers_place_was_kept_reads_as_not_measured()
    {
        // Written by version 1: six people with low confidence, a camera that was moved, one head up.
        var old = Convert.FromBase64String("AQMAAACLEoAA0A+ABgABZAEBZAICZAMDZAQEZAUAZNAP0A8FANAP0A8AAQABZAM=");

        var read = SampleTape.Read(old, MadeLesson.Origin);

        read.Select(sample => (sample.People.Length, sample.LowConfidence, sample.Tamper)).ShouldBe(
            [(6, true, Tamper.None), (0, false, Tamper.Moved), (1, false, Tamper.None)]);
        read.ShouldAllBe(sample => sample.Teacher == null);
    }

    [Fact]
    public void A_lesson_of_45_minutes_is_small()
    {
        var tape = new SampleTape(MadeLesson.Origin);
        var random = new Random(1);
        for (var second = 0; second < 2700; second++)
        {
            tape.Add(MadeLesson.Sample(second, 45, up: random.Next(30), down: random.Next(10), hands: random.Next(5)));
        }

        tape.ToArray().Length.ShouldBeLessThan(60_000);
    }

    [Fact]
    public void Seats_places_and_a_changing_class_come_back_as_they_were()
    {
        var tape = new SampleTape(MadeLesson.Origin);
        var random = new Random(2);
        BehaviourSample[] samples =
        [
            .. Enumerable.Range(0, 200).Select(second => MadeLesson.Sample(second, 30) with
            {
                FrameWidth = 100,
                FrameHeight = 100,
                People =
                [
                    .. Enumerable.Range(0, 30).Where(_ => random.Next(4) > 0).Select(seat => new ObservedPerson(
                        (seat * 11) % 37, (Behaviour)random.Next(5), random.Next(11) / 10f,
                        new Pose(new Box(seat, 2 * seat, seat + 10, (2 * seat) + 10), 0.9f, []), random.Next(2) == 0)),
                ],
            }),
        ];
        foreach (var sample in samples)
        {
            tape.Add(sample);
        }

        var read = SampleTape.Read(tape.ToArray(), MadeLesson.Origin);

        read.SelectMany(sample => sample.People.Select(one => (sample.At, one.Seat, one.Behaviour, (int)Math.Round(one.Confidence * 10), one.TalksToNeighbour)))
            .ShouldBe(samples.SelectMany(sample => sample.People.Select(
                one => (sample.At, one.Seat, one.Behaviour, (int)Math.Round(one.Confidence * 10), one.TalksToNeighbour))));
        read.SelectMany(sample => sample.People).Count(one => one.Pose.Score > 0).ShouldBe(30, "each seat's place is kept once");
        SampleTape.Resume(MadeLesson.Origin, tape.BytesFrom(0)).ToArray().ShouldBe(tape.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void A_damaged_tape_is_said_to_be_damaged(int left)
    {
        var tape = new SampleTape(MadeLesson.Origin);
        for (var second = 0; second < 50; second++)
        {
            tape.Add(MadeLesson.Sample(second, 20, up: second % 20));
        }

        var damaged = tape.ToArray()[..left];
        if (left > 0)
        {
            damaged[0] ^= left == 1 ? (byte)7 : (byte)0;
        }

        Should.Throw<InvalidDataException>(() => SampleTape.Read(damaged, MadeLesson.Origin));
    }

    [Fact]
    public void What_was_heard_comes_back_with_levels_to_a_tenth_of_a_decibel()
    {
        var heard = MadeLesson.Sound(60, (1, 20, Speaker.Teacher), (21, 25.5, Speaker.Pupils)) with { Levels = [-31.2345, -100] };

        var read = HeardTape.Read(HeardTape.Write(heard));

        read.Parts.ShouldBe(heard.Parts);
        read.Levels.ShouldBe([-31.2, -100]);
        (read.Duration, read.Method).ShouldBe((heard.Duration, heard.Method));
        Should.Throw<InvalidDataException>(() => HeardTape.Read([1, 2, 3]));
    }
}
