using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Bookings;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>What everybody who may see a room is told of its recordings: <c>/api/rooms/{roomId}/bookings</c>.</summary>
internal static class RoomBookingsFeature
{
    /// <summary>
    /// The recording that lasts. Without a booking somebody began it directly; ApprovedBy is null where nobody needed to.
    /// </summary>
    internal sealed record RecordedNow(
        string By, string Reason, DateTimeOffset From, DateTimeOffset Until, bool IsBooked, string? ApprovedBy);

    /// <summary>A recording that is asked for or approved.</summary>
    internal sealed record RoomBooking(
        Guid BookingId, BookingState State, string AskedBy, string? TeacherName, string? ClassName, string? PeriodName, DateTimeOffset From,
        DateTimeOffset To, string Purpose, string? ApprovedBy, bool MayDecide);

    /// <summary>The recordings of a room: now, and what else is asked for or approved today.</summary>
    internal sealed record RoomBookings(RecordedNow? Now, IReadOnlyList<RoomBooking> Today, bool MayAsk, int LongestMinutes);

    public static void MapRoomBookings(this IEndpointRouteBuilder app) => app.MapGet("/api/rooms/{roomId}/bookings", ReadAsync)
        .RequireAuthorization().WithTags("Bookings")
        .WithSummary("By whom a room is recorded, who approved it and until when; what is asked for, and what is booked today")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<RoomBookings>, ProblemHttpResult>> ReadAsync(
        string roomId, Caller caller, SchoolBook book, TimetableBook timetable, ActiveRecordings active, RecordsContext records,
        IOptions<RecordingSettings> settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!book.TryFind(roomId, caller, out RoomEntry? room, out ProblemHttpResult? refusal))
        {
            return refusal;
        }

        DateTimeOffset now = time.GetUtcNow();
        (DateTimeOffset since, DateTimeOffset until) = (now.AddDays(-1), now.AddDays(1));
        // Whoever may see the room may know of what is recorded in it.
        List<Booking> open = await records.Bookings.AsNoTracking()
            .Where(one => one.RoomId == roomId && one.From >= since && one.From < until && one.To > now
                && (one.State == BookingState.Asked || one.State == BookingState.Approved || one.State == BookingState.Recording))
            .OrderBy(one => one.From).ToListAsync(cancellationToken);
        RecordingRule rule = await records.RuleAsync(room.SchoolId, cancellationToken);
        ActiveRecording? recording = active.Find(roomId);
        Booking? its = open.Find(one => one.RecordingId == recording?.Record.Id);
        BookNames names = timetable.Names;
        return TypedResults.Ok(new RoomBookings(
            recording is null ? null : new RecordedNow(
                recording.Record.DisplayName, recording.Record.Reason, recording.Record.From, recording.Record.Until, its is not null,
                its?.DecidedByName),
            [
                .. open.Where(one => one != its && timetable.Of(room.SchoolId).DateOf(one.From) == timetable.Today)
                    .Select(one => new RoomBooking(
                        one.Id, one.State, one.DisplayName, names.Teacher(one.TeacherId), names.Class(one.ClassId), one.PeriodName,
                        one.From, one.To, one.Purpose, one.DecidedByName,
                        one.State is BookingState.Asked && caller.MayDecide(one, rule))),
            ],
            caller.MayAsk(rule) && !caller.IsTeacher && settings.Value.Lessons,
            Math.Min(rule.LongestMinutes, settings.Value.LongestMinutes)));
    }
}
