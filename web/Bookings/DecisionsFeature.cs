using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Bookings;

/// <summary>What becomes of a wish: approved or refused by somebody else, or withdrawn by whoever asked.</summary>
internal static class DecisionsFeature
{
    private const int LongestReason = 200;

    public static void MapDecisions(this RouteGroupBuilder group)
    {
        group.MapPost("/{bookingId:guid}/decision", DecideAsync).Require(Permission.DecideRecordings)
            .WithSummary("Approves or refuses what somebody else has asked for; what is approved may be refused until it begins")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{bookingId:guid}/withdrawal", WithdrawAsync)
            .WithSummary("Takes back what the caller has asked for; a recording that lasts ends")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<BookingView>, ProblemHttpResult>> DecideAsync(
        Guid bookingId, WantedDecision wanted, Caller caller, RecordsContext records, RoomTimes times, BookingDeeds deeds,
        BookingViews views, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(bookingId, caller, records, cancellationToken) is not { } known)
        {
            return BookingDeeds.Unknown();
        }

        RecordingRule rule = await records.RuleAsync(known.SchoolId, cancellationToken);
        if (!caller.MayDecide(known, rule))
        {
            return known.UserName == caller.UserName
                ? Problems.Create(StatusCodes.Status403Forbidden, "own-booking", "自己的申请要由别人批准")
                : Problems.Create(StatusCodes.Status403Forbidden, "not-approver", "按学校规定，这个申请不由您批准");
        }

        string? reason = PlainText.Line(wanted.Reason, 2, LongestReason);
        if (!wanted.Approve && reason is null)
        {
            return Problems.BadRequest("bad-refusal", $"请说明不批准的原因 (2 到 {LongestReason} 字，不含看不见的字符)");
        }

        ProblemHttpResult? refusal = null;
        Booking booking = known;
        await audit.CommitAsync(async deed =>
        {
            booking = await deed.Records.Bookings.SingleAsync(one => one.Id == bookingId);
            DateTimeOffset now = time.GetUtcNow();
            refusal = booking.To <= now ? Over()
                : booking.State is BookingState.Asked || (!wanted.Approve && booking.State is BookingState.Approved)
                    ? wanted.Approve ? await RefuseTakenAsync(deed, booking) : null
                : Over();
            if (refusal is not null)
            {
                deed.GiveUp();
                return;
            }

            booking.State = wanted.Approve ? BookingState.Approved : BookingState.Refused;
            (booking.DecidedBy, booking.DecidedByName, booking.DecidedAt) = (caller.UserName, caller.DisplayName, now);
            booking.Reason = wanted.Approve ? null : reason;
            deeds.Tell(
                deed, booking, caller.UserName,
                wanted.Approve ? "booking.approved" : "booking.refused", wanted.Approve ? booking.Purpose : reason);
        });
        return refusal is not null ? refusal : TypedResults.Ok((await views.OfAsync([booking], caller, cancellationToken))[0]);

        // The timetable may have changed since it was asked for.
        async Task<ProblemHttpResult?> RefuseTakenAsync(Deed deed, Booking one) =>
            await times.InTheWayOfAsync(deed.Records, one, CancellationToken.None) is { Count: > 0 } inTheWay
                ? deeds.Taken(one, inTheWay, await times.FreeInsteadOfAsync(deed.Records, one, CancellationToken.None))
                : null;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        Guid bookingId, Caller caller, RecordsContext records, BookingDeeds deeds, AuditTrail audit, MonitoringHost monitoring,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(bookingId, caller, records, cancellationToken) is not { } known)
        {
            return BookingDeeds.Unknown();
        }

        if (known.UserName != caller.UserName)
        {
            return Problems.Forbidden();
        }

        BookingState before = known.State;
        await audit.CommitAsync(async deed =>
        {
            Booking booking = await deed.Records.Bookings.SingleAsync(one => one.Id == bookingId);
            before = booking.State;
            if (before is not (BookingState.Asked or BookingState.Approved))
            {
                deed.GiveUp();
                return;
            }

            booking.State = BookingState.Withdrawn;
            deeds.Tell(deed, booking, caller.UserName, "booking.withdrawn");
        });
        if (before is BookingState.Recording)
        {
            await monitoring.Running.AskRecordingAsync(
                known.RoomId, new EndRecording(caller.UserName, RecordingId: known.RecordingId));
            return TypedResults.NoContent();
        }

        return before is BookingState.Asked or BookingState.Approved ? TypedResults.NoContent() : Over();
    }

    // A booking that the caller may not see does not exist for the caller.
    private static async Task<Booking?> FindAsync(
        Guid bookingId, Caller caller, RecordsContext records, CancellationToken cancellationToken) =>
        await records.Bookings.AsNoTracking().VisibleTo(caller, records)
            .SingleOrDefaultAsync(booking => booking.Id == bookingId, cancellationToken);

    private static ProblemHttpResult Over() =>
        Problems.Create(StatusCodes.Status409Conflict, "booking-over", "这个申请已经有了结果，或时间已过");
}
