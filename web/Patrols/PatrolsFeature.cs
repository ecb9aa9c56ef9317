using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Patrols;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Patrols;

/// <summary>Rounds (巡课), and what was found on them: <c>/api/patrols</c>.</summary>
internal static class PatrolsFeature
{
    private const int MaxTake = 500;

    public static void AddPatrols(this WebApplicationBuilder builder) => builder.Services.AddSingleton<TermVisitsKeeper>();

    public static void MapPatrols(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/patrols", ListAsync)
            .Require(Permission.SeePatrols).WithTags("Patrols")
            .WithSummary("What was found on rounds, newest first: all, those of the school, own ones, or those of own lessons")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        app.MapPatrolSaving();
        app.MapRound();
        app.MapDue();
        app.MapCoverage();
    }

    private static async Task<Results<Ok<PatrolList>, ProblemHttpResult>> ListAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RecordsContext records, CancellationToken cancellationToken,
        string? schoolId = null, DateOnly? from = null, DateOnly? to = null, bool exceptions = false, int take = 100)
    {
        if (take is < 1 or > MaxTake)
        {
            return Problems.BadRequest("bad-take", $"条数应为 1 到 {MaxTake}");
        }

        IQueryable<Patrol> patrols = records.Patrols.AsNoTracking().VisibleTo(caller, records);
        patrols = schoolId is null ? patrols : patrols.Where(patrol => patrol.SchoolId == schoolId);
        patrols = from is null ? patrols : patrols.Where(patrol => patrol.Date >= from);
        patrols = to is null ? patrols : patrols.Where(patrol => patrol.Date <= to);
        patrols = exceptions ? patrols.Where(patrol => patrol.IsException) : patrols;
        List<Patrol> found = await patrols.OrderByDescending(patrol => patrol.At).Take(take).ToListAsync(cancellationToken);
        Guid[] visitIds = [.. found.Select(patrol => patrol.VisitId)];
        Dictionary<Guid, Visit> visits = await records.Visits.AsNoTracking().Where(visit => visitIds.Contains(visit.Id))
            .ToDictionaryAsync(visit => visit.Id, cancellationToken);
        var forms = new List<PatrolForm>();
        foreach ((Guid formId, int version) in found.Select(patrol => (patrol.FormId, patrol.FormVersion)).Distinct())
        {
            forms.Add((await PatrolForms.FindAsync(records, formId, version, cancellationToken))!);
        }

        return TypedResults.Ok(new PatrolList(
            [.. found.Select(patrol => PatrolView.Of(
                patrol, visits.GetValueOrDefault(patrol.VisitId), book, timetable.Names,
                patrol.UserName == caller.UserName && patrol.Date == timetable.Today))],
            [.. forms]));
    }
}
