using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Live;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Schools;

/// <summary>What is on the books and what a room's last minutes were like: <c>/api/schools</c>, <c>/api/rooms</c>.</summary>
internal static class SchoolsFeature
{
    /// <summary>A school in the list; Rooms is their number.</summary>
    internal sealed record SchoolSummary(string SchoolId, string Name, string NameEn, int Rooms);

    /// <summary>A room with its school's name.</summary>
    internal sealed record RoomDetails(string RoomId, string SchoolId, string Name, string Grade, int Enrolled, string SchoolName);

    public static void AddSchools(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SchoolBook>();
        // It reads first: the others take what it has read.
        builder.Services.AddSingleton<IBookReader>(services => services.GetRequiredService<SchoolBook>());
    }

    public static void MapSchools(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api").RequireAuthorization().OpenToMachines().WithTags("Schools")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapGet("/schools", List).WithSummary("The schools that the caller may see");
        group.MapGet("/schools/{schoolId}/rooms", Rooms)
            .WithSummary("The rooms of a school")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/rooms/{roomId}", Room)
            .WithSummary("One room")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/rooms/{roomId}/history", HistoryAsync)
            .WithSummary("A room's samples of the last minutes, 1 to 10")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<SchoolSummary[]> List(Caller caller, SchoolBook book) => TypedResults.Ok(book.Schools
        .Where(school => caller.MaySee(school.SchoolId))
        .Select(school => new SchoolSummary(school.SchoolId, school.Name, school.NameEn, school.Rooms.Length))
        .ToArray());

    private static Results<Ok<IEnumerable<RoomEntry>>, ProblemHttpResult> Rooms(string schoolId, Caller caller, SchoolBook book)
    {
        // Whether a school exists is told only to those who may see it.
        if (!caller.MaySee(schoolId))
        {
            return Problems.Forbidden();
        }

        return book.FindSchool(schoolId) is { } school
            ? TypedResults.Ok(school.Rooms.AsEnumerable())
            : Problems.UnknownSchool();
    }

    private static Results<Ok<RoomDetails>, ProblemHttpResult> Room(string roomId, Caller caller, SchoolBook book)
    {
        return book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal)
            ? TypedResults.Ok(new RoomDetails(
                room.RoomId, room.SchoolId, room.Name, room.Grade, room.Enrolled, book.FindSchool(room.SchoolId)!.Name))
            : refusal;
    }

    private static async Task<Results<Ok<RoomHistory>, ProblemHttpResult>> HistoryAsync(
        string roomId, Caller caller, SchoolBook book, MonitoringHost monitoring, Looks looks,
        CancellationToken cancellationToken, int minutes = 10)
    {
        if (minutes is < 1 or > 10)
        {
            return Problems.BadRequest("bad-minutes", "分钟数应为 1 到 10");
        }

        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        await looks.RecordAsync(caller, LookKinds.Room, roomId);
        return TypedResults.Ok(await monitoring.Running.GetHistoryAsync(roomId, TimeSpan.FromMinutes(minutes), cancellationToken));
    }
}
