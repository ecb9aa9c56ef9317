using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;

namespace Xunke.Tests.Analytics.Lessons;

/// <summary>Four minutes of a class of ten, looked at every two seconds.</summary>
public sealed class TeacherPlacesTests
{
    [Fact]
    public void Shares_are_of_the_looks_that_told_the_place_and_coverage_says_how_many_did()
    {
        TeacherPlaces places = Analyse(look => look switch
        {
            < 36 => TeacherPlace.Front,
            < 48 => TeacherPlace.AtBoard,
            < 60 => TeacherPlace.AmongPupils,
            _ => TeacherPlace.Unknown,
        }).Whole.Teacher!;

        (places.Front.Value, places.AtBoard.Value, places.AmongPupils.Value).ShouldBe((0.6, 0.2, 0.2));
        places.Front.ShouldBe(new Figure(0.6, FigureState.Ok, 60, 0.5, TimeSpan.FromSeconds(2), "teacher-places/1"));
    }

    [Fact]
    public void Below_the_least_coverage_there_is_no_share_neither_of_the_lesson_nor_of_a_window()
    {
        LessonAnalysis lesson = Analyse(look => look < 30 ? TeacherPlace.Front : TeacherPlace.Unknown);

        (lesson.Whole.Teacher!.Front.Value, lesson.Whole.Teacher.Front.State).ShouldBe((null, FigureState.NotEnoughSeen));
        lesson.Whole.Teacher.Front.Coverage.ShouldBe(0.25);
        lesson.Windows.Select(window => window.Teacher!.Front.Value).ShouldBe([1, null]);
    }

    [Fact]
    public void A_window_without_looks_is_not_seen_and_a_lesson_in_which_nobody_looked_for_the_teacher_is_not_measured()
    {
        Analyse(_ => TeacherPlace.Front, looks: 60).Windows[1].Teacher!.Front.ShouldSatisfyAllConditions(
            share => share.State.ShouldBe(FigureState.NotEnoughSeen), share => share.N.ShouldBe(0));
        Analyse(_ => null).Whole.Teacher.ShouldBeNull();
    }

    private static LessonAnalysis Analyse(Func<int, TeacherPlace?> place, int looks = 120) => LessonAnalysis.Of(
        [.. Enumerable.Range(0, looks).Select(look => MadeLesson.Sample(2 * look, 10, up: 10) with { Teacher = place(look) })],
        MadeLesson.Origin, TimeSpan.FromMinutes(4), null, new LessonOptions { Enrolled = 10 });
}
