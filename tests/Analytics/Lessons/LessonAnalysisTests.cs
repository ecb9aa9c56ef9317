using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;

namespace Xunke.Tests.Analytics.Lessons;

public sealed class LessonAnalysisTests
{
    private static readonly TimeSpan Lesson = TimeSpan.FromMinutes(20);

    [Fact]
    public void A_lesson_falls_into_the_segments_that_it_was_made_of()
    {
        LessonAnalysis analysis = Analyse(ThreeSegments(), SoundOfThreeSegments());

        analysis.Segments.Select(segment => segment.Kind)
            .ShouldBe([SegmentKind.TeacherTalk, SegmentKind.QuestionAndAnswer, SegmentKind.Practice]);
        analysis.Segments[1].Measures.From.TotalMinutes.ShouldBe(8, 0.6);
        analysis.Segments[2].Measures.From.TotalMinutes.ShouldBe(14, 0.6);
        analysis.Segments[0].Measures.From.ShouldBe(TimeSpan.Zero);
        analysis.Segments[^1].Measures.To.ShouldBe(Lesson);
        analysis.Segments.ShouldAllBe(segment => segment.Confidence > 0.5 && segment.Confidence <= 1);
        analysis.Segments[2].HeadUpDifference!.Value.ShouldBeLessThan(-0.2, "heads are down over work");
    }

    [Fact]
    public void Every_figure_says_what_it_is_made_of()
    {
        LessonAnalysis analysis = Analyse(ThreeSegments(), SoundOfThreeSegments());

        foreach (LessonStretch stretch in analysis.Windows.Append(analysis.Whole))
        {
            foreach (Figure figure in (Figure[])[stretch.HeadUpRate, stretch.Participation, stretch.Response, stretch.Interaction])
            {
                figure.State.ShouldBe(FigureState.Ok);
                figure.Value.ShouldNotBeNull();
                figure.Coverage.ShouldBeGreaterThan(0.5);
                figure.Interval.ShouldBeGreaterThan(TimeSpan.Zero);
                figure.Formula.ShouldContain("/");
            }
        }

        analysis.Windows.Length.ShouldBe(10);
        analysis.Whole.Participation.N.ShouldBe(600 * 24);
    }

    [Fact]
    public void The_moments_are_against_the_lessons_own_mean_and_say_why()
    {
        // The teacher talks all the time; from 6:00 many hands are up, from 12:00 most heads are down.
        BehaviourSample[] samples = [.. Samples().Select(second =>
            second is >= 360 and < 480 ? MadeLesson.Sample(second, 24, up: 14, down: 2, hands: 8)
            : second is >= 720 and < 840 ? MadeLesson.Sample(second, 24, up: 11, down: 13)
            : MadeLesson.Sample(second, 24, up: 19, down: 4, hands: 1))];
        (double, double, Speaker)[] talk = [.. Enumerable.Range(0, 120).Select(i => (10.0 * i, 10.0 * i + 9, Speaker.Teacher))];

        LessonAnalysis analysis = Analyse(samples, MadeLesson.Sound(Lesson.TotalSeconds, talk));

        LessonMoment best = analysis.Best.ShouldHaveSingleItem(), weakest = analysis.Weakest.ShouldHaveSingleItem();
        best.From.TotalMinutes.ShouldBe(6);
        weakest.From.TotalMinutes.ShouldBe(12);
        best.Factors[0].Factor.ShouldBe(MomentFactor.Participation);
        weakest.Factors[0].Factor.ShouldBe(MomentFactor.HeadUp);
        MomentSentence.Chinese(best).ShouldStartWith("6:00–8:00 全班比本课平时更投入。参与度 33%");
        MomentSentence.English(weakest)
            .ShouldContain("worth a second look: the class was less with the lesson than usual; heads up while the teacher talked 46%");
    }

    [Fact]
    public void An_even_lesson_has_no_moments()
    {
        LessonAnalysis analysis = Analyse([.. Samples().Select(second => MadeLesson.Sample(second, 24, up: 14, down: 8, hands: 2))], null);

        analysis.Best.ShouldBeEmpty();
        analysis.Weakest.ShouldBeEmpty();
        analysis.Segments.Length.ShouldBe(1);
        analysis.Sequence.ShouldBeNull();
    }

    [Fact]
    public void Too_little_seen_is_no_number()
    {
        LessonAnalysis analysis = Analyse([.. Samples().Select(second => MadeLesson.Sample(second, 24, up: 5))], null, enrolled: 24);

        analysis.Whole.HeadUpRate.State.ShouldBe(FigureState.NotEnoughSeen);
        analysis.Whole.HeadUpRate.Value.ShouldBeNull();
        analysis.Whole.HeadUpRate.Coverage.ShouldBe(5 / 24.0, 1e-9);
        analysis.Segments.ShouldHaveSingleItem().Kind.ShouldBe(SegmentKind.Unclear);
        analysis.Segments[0].Confidence.ShouldBe(0);
    }

    [Fact]
    public void More_present_than_enrolled_is_a_data_fault()
    {
        LessonAnalysis analysis = Analyse([.. Samples().Select(second => MadeLesson.Sample(second, 24, up: 24))], null, enrolled: 20);

        analysis.Whole.Participation.State.ShouldBe(FigureState.DataFault);
        analysis.Whole.Participation.Value.ShouldBeNull();
        analysis.Whole.Response.State.ShouldBe(FigureState.DataFault);
    }

    [Fact]
    public void Without_a_roll_what_is_usually_seen_stands_in_and_is_said()
    {
        LessonAnalysis analysis =
            Analyse([.. Samples().Select(second => MadeLesson.Sample(second, 20 + (int)(second / 2) % 3, up: 20))], null);

        analysis.Expected.ShouldBe(22);
        analysis.ExpectedIsEnrolled.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_seen_and_nothing_heard_is_said()
    {
        LessonAnalysis analysis = Analyse([], null);

        analysis.Whole.Participation.State.ShouldBe(FigureState.NotEnoughSeen);
        analysis.Segments.ShouldHaveSingleItem().Kind.ShouldBe(SegmentKind.Unclear);
        analysis.Best.ShouldBeEmpty();
    }

    [Fact]
    public void The_response_counts_seats_and_not_times()
    {
        // Seats are filled hands last: seats 7 to 9 raise hands, again and again.
        BehaviourSample[] samples = [.. Samples().Select(second => second % 60 < 10
            ? MadeLesson.Sample(second, 10, up: 7, hands: 3)
            : MadeLesson.Sample(second, 10, up: 10))];

        Analyse(samples, null, enrolled: 10).Whole.Response.Value!.Value.ShouldBe(0.3, 1e-9);
    }

    [Fact]
    public void A_rear_camera_deserves_little_trust() =>
        LessonAnalysis.Of(ThreeSegments(), MadeLesson.Origin, Lesson, null,
            new LessonOptions { RearCamera = true }).LowConfidence.ShouldBeTrue();

    private static LessonAnalysis Analyse(IReadOnlyList<BehaviourSample> samples, HeardLesson? sound, int? enrolled = null) =>
        LessonAnalysis.Of(samples, MadeLesson.Origin, Lesson, sound, new LessonOptions { Enrolled = enrolled });

    private static IEnumerable<double> Samples() => Enumerable.Range(0, 600).Select(i => 2.0 * i);

    /// <summary>Eight minutes of listening, six of questions, six of writing.</summary>
    private static BehaviourSample[] ThreeSegments()
    {
        var random = new Random(2);
        return [.. Samples().Select(second =>
        {
            int few = random.Next(3);
            return second < 480 ? MadeLesson.Sample(second, 24, up: 20 - few, down: 4 + few)
                : second < 840 ? MadeLesson.Sample(second, 24, up: 14 - few, down: 3 + few, hands: 6, standing: 1)
                : MadeLesson.Sample(second, 24, up: 4 + few, down: 20 - few);
        })];
    }

    private static HeardLesson SoundOfThreeSegments()
    {
        var parts = new List<(double, double, Speaker)>();
        for (double second = 0; second < 480; second += 10)
        {
            parts.Add((second, second + 8.5, Speaker.Teacher));
        }

        for (double second = 480; second < 840; second += 20)
        {
            parts.Add((second, second + 8, Speaker.Teacher));
            parts.Add((second + 10, second + 16, Speaker.Pupils));
        }

        parts.Add((900, 904, Speaker.Teacher));
        return MadeLesson.Sound(Lesson.TotalSeconds, [.. parts]);
    }
}
