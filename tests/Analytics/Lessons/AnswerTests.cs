using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Lessons;

/// <summary>A class of four, looked at once a second for half a minute; the pupils speak from 10 to 15 s.</summary>
public sealed class AnswerTests
{
    private static readonly Pose Nobody = new(default, 0, ImmutableArray<Keypoint>.Empty);

    private static readonly HeardLesson Question = MadeLesson.Sound(
        30, (2, 8, Speaker.Teacher), (10, 12, Speaker.Pupils), (13, 15, Speaker.Pupils), (16, 20, Speaker.Teacher));

    [Fact]
    public void The_one_whose_hand_came_down_as_pupils_began_to_speak_answers() =>
        Find(Question, (seat, second) => seat == 2 && second is >= 5 and < 9 ? Behaviour.HandRaised : Behaviour.HeadUp)
            .ShouldBe([new Answer(Seconds(10), Seconds(15), 2, Stands: false)]);

    [Fact]
    public void Of_several_hands_that_came_down_together_it_is_not_known_whose_answer_it_is() =>
        Find(Question, (seat, second) => seat > 0 && second is >= 5 and < 9 ? Behaviour.HandRaised : Behaviour.HeadUp)
            .ShouldBe([new Answer(Seconds(10), Seconds(15), null, Stands: false)]);

    [Fact]
    public void Who_stands_answers_whosever_hands_were_up() =>
        Find(Question, (seat, second) => seat == 1 && second is >= 9 and < 16 ? Behaviour.Standing
            : second is >= 5 and < 9 ? Behaviour.HandRaised : Behaviour.HeadUp)
            .ShouldBe([new Answer(Seconds(10), Seconds(15), 1, Stands: true)]);

    [Fact]
    public void A_hand_that_stays_up_or_came_down_long_before_is_no_answer()
    {
        Find(Question, (seat, _) => seat == 2 ? Behaviour.HandRaised : Behaviour.HeadUp).ShouldBeEmpty();
        Find(Question, (seat, second) => seat == 2 && second < 3 ? Behaviour.HandRaised : Behaviour.HeadUp).ShouldBeEmpty();
    }

    [Fact]
    public void Speech_without_a_hand_before_it_is_no_answer() =>
        Find(Question, (_, _) => Behaviour.HeadUp).ShouldBeEmpty();

    [Fact]
    public void Many_at_once_a_word_thrown_in_and_one_voice_only_are_no_answers()
    {
        HeardLesson hubbub = Question with { Parts = [.. Question.Parts.Select(part => part with { ManyAtOnce = true })] };
        HeardLesson word = MadeLesson.Sound(30, (2, 8, Speaker.Teacher), (10, 10.6, Speaker.Pupils), (11, 20, Speaker.Teacher));
        foreach (HeardLesson? sound in (HeardLesson?[])[hubbub, word, Question with { Method = SeparationMethod.OneVoice }, null])
        {
            Find(sound, (seat, second) => seat == 2 && second is >= 5 and < 9 ? Behaviour.HandRaised : Behaviour.HeadUp).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Of_several_who_stand_it_is_not_known_who_answers_but_that_it_is_said_standing() =>
        Find(Question, (seat, second) => seat < 2 && second is >= 9 and < 16 ? Behaviour.Standing : Behaviour.HeadUp)
            .ShouldBe([new Answer(Seconds(10), Seconds(15), null, Stands: true)]);

    [Fact]
    public void Their_number_is_known_with_the_stretches_of_speech_that_it_is_of()
    {
        HeardLesson twice =
            MadeLesson.Sound(30, (2, 8, Speaker.Teacher), (10, 15, Speaker.Pupils), (16, 20, Speaker.Teacher), (22, 25, Speaker.Pupils));
        Figure count =
            Analyse(twice, (seat, second) => seat == 1 && second is >= 9 and < 16 ? Behaviour.Standing : Behaviour.HeadUp).Answers!.Count;

        (count.Value, count.State, count.N, count.Formula).ShouldBe((1, FigureState.Ok, 2, Answer.Formula));
        count.Coverage.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Where_too_few_are_seen_or_it_is_not_known_who_speaks_there_is_no_number()
    {
        Analyse(Question, (seat, _) => seat == 1 ? Behaviour.HeadUp : Behaviour.Unknown).Answers!.Count
            .ShouldSatisfyAllConditions(count => count.Value.ShouldBeNull(), count => count.State.ShouldBe(FigureState.NotEnoughSeen));
        Analyse(Question with { Method = SeparationMethod.OneVoice }, (_, _) => Behaviour.HeadUp).Answers.ShouldBeNull();
        Analyse(null, (_, _) => Behaviour.HeadUp).Answers.ShouldBeNull();
    }

    private static ImmutableArray<Answer> Find(HeardLesson? sound, Func<int, int, Behaviour> does) =>
        Analyse(sound, does).Answers?.All ?? [];

    private static LessonAnalysis Analyse(HeardLesson? sound, Func<int, int, Behaviour> does) => LessonAnalysis.Of(
        [
            .. Enumerable.Range(0, 30).Select(second => new BehaviourSample(
                MadeLesson.Origin.AddSeconds(second), TimeSpan.FromSeconds(1), 832, 468,
                [.. Enumerable.Range(0, 4).Select(seat => new ObservedPerson(seat, does(seat, second), 1, Nobody))],
                LowConfidence: false)),
        ],
        MadeLesson.Origin,
        Seconds(30),
        sound,
        new LessonOptions { Enrolled = 4 });

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
