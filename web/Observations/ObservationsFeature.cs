using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Timetable;

namespace Xunke.Web.Observations;

/// <summary>Observations of lessons (听课): <c>/api/observations</c>.</summary>
internal static class ObservationsFeature
{
    private const int MostListed = 500;

    public static void AddObservations(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<ObservedLessons>().AddScoped<ObservationReader>().AddSingleton<ObservationDeeds>()
            .AddSingleton<RecordTemplate>();

    public static void MapObservations(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/observations").Require(Permission.SeeLessons).WithTags("Observations")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync)
            .WithSummary("Own observations, those of own lessons, and those about whose appeals the caller decides; the newest first");
        group.MapGet("/{observationId:guid}", ReadAsync)
            .WithSummary("An observation; that its teacher opens it is put down the first time")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapBeginning(app);
        group.MapDrafts();
        group.MapFeedback();
        group.MapRecord();
        // A template that cannot be used is told at the start, not to the first who wants a record.
        _ = app.ServiceProvider.GetRequiredService<RecordTemplate>().Read();
    }

    private static async Task<Ok<ObservationSummary[]>> ListAsync(
        Caller caller, RecordsContext records, ObservationReader reader, CancellationToken cancellationToken, Guid? lessonId = null)
    {
        IQueryable<Observation> visible = records.Observations.AsNoTracking().VisibleTo(caller, records);
        visible = lessonId is { } lesson ? visible.Where(one => one.LessonId == lesson) : visible;
        List<Observation> found = await visible.OrderByDescending(one => one.BegunAt).Take(MostListed).ToListAsync(cancellationToken);
        return TypedResults.Ok(await reader.ListAsync(found, caller, cancellationToken));
    }

    private static async Task<Results<Ok<ObservationView>, ProblemHttpResult>> ReadAsync(
        Guid observationId, Caller caller, RecordsContext records, ObservationReader reader, ObservationDeeds deeds, AuditTrail audit,
        Looks looks, TimetableBook timetable, TimeProvider time, CancellationToken cancellationToken)
    {
        Observation? found = await records.Observations.AsNoTracking().VisibleTo(caller, records)
            .SingleOrDefaultAsync(one => one.Id == observationId, cancellationToken);
        if (found is null)
        {
            return ObservationDeeds.Unknown();
        }

        bool isTeacher = ObservationReader.IsTeacher(found, caller, timetable.Names);
        if (isTeacher && found.State is ObservationState.Sent)
        {
            await audit.CommitAsync(async deed =>
            {
                found = await deed.Records.Observations.SingleAsync(one => one.Id == observationId);
                if (found.State is not ObservationState.Sent)
                {
                    deed.GiveUp();
                    return;
                }

                (found.State, found.ReadAt) = (ObservationState.Read, time.GetUtcNow());
                deeds.Tell(deed, found, caller.UserName, "observation.read");
            });
        }
        else if (!isTeacher && found.UserName != caller.UserName)
        {
            await looks.RecordAsync(caller, LookKinds.Observation, $"{found.Id} {found.RoomId}");
        }

        return TypedResults.Ok(await reader.ShowAsync(found, caller, cancellationToken));
    }
}
