using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Timetable;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable.Changing;

/// <summary>Changes of single lessons, and what a timetable has twice at once: <c>/api/timetable/changes</c>.</summary>
internal static class ChangesFeature
{
    private const int MostChanges = 500;
    private const int MostConflicts = 200;
    private const int RecentDays = 14;

    /// <summary>What was made or taken back; Step is its name in the history, for undoing.</summary>
    internal sealed record ChangeDone(Guid Step, IEnumerable<Guid> Ids);

    public static void AddLessonChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChangePlanner>();
        builder.Services.AddSingleton<LessonChanger>();
    }

    public static void MapLessonChanges(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/timetable").Require(Permission.ManageBooks).WithTags("Timetable")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/changes", List).WithSummary("Changes of a school's lessons: coming ones, and those of the last two weeks");
        group.MapPost("/changes", MakeAsync)
            .WithSummary("Changes a lesson on its date or from then on: substitute, move, swap, cancel, elsewhere")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/changes/{changeId:guid}", TakeBackAsync).WithSummary("Takes a change back, a swap as a whole")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/conflicts", Conflicts).WithSummary("What the timetable of a term has twice at once: a class, a teacher or a room");
    }

    private static Results<Ok<ChangeList>, ProblemHttpResult> List(
        string schoolId, Caller caller, SchoolBook book, TimetableBook timetable)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        SchoolTimetable school = timetable.Of(schoolId);
        DateOnly since = timetable.Today.AddDays(-RecentDays);
        var entries = school.Entries.ToDictionary(entry => entry.Id);
        var views = new ChangeViews(timetable.Names, book);
        return TypedResults.Ok(new ChangeList(
        [
            .. school.Changes.Where(change => change.LastDay is not { } last || last >= since || change.NewDate >= since)
                .OrderBy(change => change.FirstDay).ThenBy(change => change.MadeAt).ThenBy(change => change.Id).Take(MostChanges)
                .Select(change => views.Of(change, entries.GetValueOrDefault(change.EntryId))).OfType<ChangeView>(),
        ]));
    }

    private static async Task<Results<Created<ChangeDone>, ProblemHttpResult>> MakeAsync(
        WantedChange wanted, Caller caller, SchoolBook book, TimetableBook timetable, LessonChanger changer)
    {
        if (!caller.May(Permission.ManageBooks, wanted.SchoolId))
        {
            return Problems.Forbidden();
        }

        if (book.FindSchool(wanted.SchoolId) is null)
        {
            return Problems.BadRequest("bad-school", "请说明哪所学校");
        }

        ChangeOutcome outcome = await changer.MakeAsync(caller, wanted);
        return outcome switch
        {
            ChangeOutcome.Made made => TypedResults.Created((string?)null, Show(made)),
            ChangeOutcome.Wrong wrong => Problems.Create(
                StatusCodes.Status400BadRequest, "bad-row", string.Join("；", wrong.Faults.Select(fault => fault.Reason)),
                ("faults", wrong.Faults)),
            ChangeOutcome.Taken taken => Tell(taken, new ChangeViews(timetable.Names, book)),
            _ => Problems.NotFound("unknown-lesson", "这一天没有这节课"),
        };
    }

    private static async Task<Results<Ok<ChangeDone>, ProblemHttpResult>> TakeBackAsync(
        Guid changeId, Caller caller, LessonChanger changer) =>
        await changer.TakeBackAsync(caller, changeId) is ChangeOutcome.Made made
            ? TypedResults.Ok(Show(made))
            : Problems.NotFound("unknown-change", "没有这次调课，可能已经撤回");

    private static Results<Ok<ConflictList>, ProblemHttpResult> Conflicts(
        string schoolId, string termId, Caller caller, SchoolBook book, TimetableBook timetable)
    {
        if (!caller.May(Permission.ManageBooks, schoolId))
        {
            return Problems.Forbidden();
        }

        ImmutableArray<TimetableConflict> found = timetable.Of(schoolId).Conflicts(termId);
        var views = new ChangeViews(timetable.Names, book);
        return TypedResults.Ok(new ConflictList(found.Length, [.. found.Take(MostConflicts).Select(views.Of)]));
    }

    private static ChangeDone Show(ChangeOutcome.Made made) => new(made.Step, made.Changes.Select(change => change.Id));

    private static ProblemHttpResult Tell(ChangeOutcome.Taken taken, ChangeViews views)
    {
        ClashView[] clashes = [.. taken.Clashes.Select(views.Of)];
        return Problems.Create(
            StatusCodes.Status409Conflict, "taken",
            string.Join("；", clashes.Take(3).Select(clash =>
                $"{clash.Name} {clash.Other.Date:M月d日}{clash.Other.Period.Name}已有课：{clash.Other.ClassName} {clash.Other.SubjectName}")),
            ("clashes", clashes), ("mayGoAnyway", taken.MayGoAnyway));
    }
}
