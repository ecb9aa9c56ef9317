using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>Asking for a recording: of a room now, or in a recording room at a period of a coming date.</summary>
internal static class AskingFeature
{
    private const int LongestPurpose = 200;

    /// <summary>What asking needs.</summary>
    internal sealed record Services(
        SchoolBook Book, TimetableBook Timetable, RoomTimes Times, BookingDeeds Deeds, BookingViews Views, AuditTrail Audit,
        RecordsContext Records, IOptions<BookingSettings> Settings, IOptions<RecordingSettings> Recording, TimeProvider Time);

    public static void MapAsking(this RouteGroupBuilder group)
    {
        group.MapPost("/", BookAsync)
            .WithSummary("Books a recording room for a period of a coming date; what is taken is refused with what is free instead")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/now", AskAsync)
            .WithSummary("Asks for a recording of a room from now on: a teacher, of the own lesson that is on")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<BookingView>, ProblemHttpResult>> BookAsync(
        WantedBooking wanted, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        (RoomEntry? room, RecordingRule? rule, ProblemHttpResult? refusal) =
            await OpenAsync(wanted.RoomId, wanted.Purpose, caller, services, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        (string? teacherId, refusal) = TeacherFor(caller, wanted.TeacherId, services.Timetable.Names);
        if (refusal is not null)
        {
            return refusal;
        }

        (PlannedPeriod? period, refusal) = PeriodFor(wanted, room!, rule!, services);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!await services.Records.Rooms.AnyAsync(one => one.Id == room!.RoomId && one.IsRecordingRoom, cancellationToken))
        {
            return Problems.BadRequest("no-recording-room", "这间教室不是录播教室，不能预约");
        }

        PlannedLesson? lesson = services.Times.LessonOf(room!.SchoolId, teacherId, period!.From, period.To);
        return await PutAsync(
            Make(caller, room, rule!, wanted.Purpose!, period.From, period.To, teacherId, lesson, period.Period, services.Time.GetUtcNow()),
            caller, services, cancellationToken);
    }

    private static async Task<Results<Created<BookingView>, ProblemHttpResult>> AskAsync(
        WantedRecording wanted, Caller caller, ActiveRecordings active, [AsParameters] Services services,
        CancellationToken cancellationToken)
    {
        (RoomEntry? room, RecordingRule? rule, ProblemHttpResult? refusal) =
            await OpenAsync(wanted.RoomId, wanted.Purpose, caller, services, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        int most = MostMinutes(rule!, services);
        if (wanted.Minutes is not { } minutes || minutes < 1 || minutes > most)
        {
            return Problems.BadRequest("bad-minutes", $"时长应为 1 到 {most} 分钟");
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        PlannedLesson? lesson = services.Timetable.At(room!.SchoolId, room.RoomId, now)?.Now;
        string? own = services.Timetable.Names.OfAccount(caller.UserName)?.Id;
        if (caller.IsTeacher && (own is null || lesson?.TeacherId != own))
        {
            return Problems.Create(StatusCodes.Status403Forbidden, "not-your-lesson", "现在这间教室里不是您的课，只能申请录自己的课");
        }

        if (active.Find(room.RoomId) is not null)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "already-recording", "这间教室正在录像");
        }

        DateTimeOffset to = now.AddMinutes(minutes);
        // What comes after a teacher's lesson is another's.
        to = caller.IsTeacher && lesson!.To < to ? lesson.To : to;
        return await PutAsync(
            Make(caller, room, rule!, wanted.Purpose!, now, to, lesson?.TeacherId, lesson, period: null, now),
            caller, services, cancellationToken);
    }

    /// <summary>What every wish needs: a room that the caller may ask for, and a purpose.</summary>
    private static async Task<(RoomEntry? Room, RecordingRule? Rule, ProblemHttpResult? Refusal)> OpenAsync(
        string? roomId, string? purpose, Caller caller, Services services, CancellationToken cancellationToken)
    {
        if (!services.Book.TryFind(
            roomId, caller, out RoomEntry? room, out ProblemHttpResult? unknown, Permission.AskForRecordings))
        {
            return (null, null, unknown);
        }

        RecordingRule rule = await services.Records.RuleAsync(room.SchoolId, cancellationToken);
        if (!caller.MayAsk(rule))
        {
            return (null, null, Problems.Create(StatusCodes.Status403Forbidden, "asking-not-allowed", "按学校规定，您不能申请录像"));
        }

        if (!services.Recording.Value.Lessons)
        {
            return (null, null, Problems.Create(StatusCodes.Status403Forbidden, "recording-not-allowed", "本区不录课"));
        }

        return PlainText.Line(purpose, 2, LongestPurpose) is null
            ? (null, null, Problems.BadRequest("bad-booking-purpose", $"请说明用途 (2 到 {LongestPurpose} 字，不含看不见的字符)"))
            : (room, rule, null);
    }

    private static (string? TeacherId, ProblemHttpResult? Refusal) TeacherFor(Caller caller, string? wanted, BookNames names)
    {
        if (caller.IsTeacher)
        {
            return names.OfAccount(caller.UserName) is { } own
                ? (own.Id, null)
                : (null, Problems.Create(
                    StatusCodes.Status403Forbidden, "no-teacher", "您的帐号还没有对应到教师名册，请联系学校管理员"));
        }

        return wanted is null || names.Teachers.ContainsKey(wanted)
            ? (wanted, null)
            : (null, Problems.BadRequest("unknown-teacher", "名册上没有这位教师"));
    }

    private static (PlannedPeriod? Period, ProblemHttpResult? Refusal) PeriodFor(
        WantedBooking wanted, RoomEntry room, RecordingRule rule, Services services)
    {
        (DateOnly first, DateOnly last) = services.Settings.Value.DatesFrom(services.Timetable.Today);
        if (wanted.Date is not { } date || date < first || date > last)
        {
            return (null, Problems.Create(
                StatusCodes.Status400BadRequest, "bad-date", $"可以预约 {first:yyyy-MM-dd} 到 {last:yyyy-MM-dd} 的课",
                ("firstDate", first), ("lastDate", last)));
        }

        PlannedPeriod? period = services.Times.PeriodsOn(room.SchoolId, date).FirstOrDefault(one => one.Period.Number == wanted.Period);
        if (period is null)
        {
            return (null, Problems.BadRequest("no-period", "这天没有这一节"));
        }

        int most = MostMinutes(rule, services);
        return period.From <= services.Time.GetUtcNow() ? (null, Problems.BadRequest("period-begun", "这一节已经开始"))
            : period.To - period.From > TimeSpan.FromMinutes(most)
                ? (null, Problems.BadRequest("period-too-long", $"这一节比学校允许的录像时长 ({most} 分钟) 长"))
            : (period, null);
    }

    private static int MostMinutes(RecordingRule rule, Services services) =>
        Math.Min(rule.LongestMinutes, services.Recording.Value.LongestMinutes);

    private static Booking Make(
        Caller caller, RoomEntry room, RecordingRule rule, string purpose, DateTimeOffset from, DateTimeOffset to, string? teacherId,
        PlannedLesson? lesson, Period? period, DateTimeOffset now)
    {
        bool isFree = rule.Approval is RecordingApproval.NotNeeded;
        return new Booking
        {
            Id = Guid.NewGuid(),
            RoomId = room.RoomId,
            SchoolId = room.SchoolId,
            UserName = caller.UserName,
            DisplayName = caller.DisplayName,
            Purpose = PlainText.Line(purpose, 2, LongestPurpose)!,
            AskedAt = now,
            From = from,
            To = to,
            Period = period?.Number,
            PeriodName = period?.Name,
            TeacherId = teacherId,
            EntryId = lesson?.EntryId,
            LessonDate = lesson?.Unchanged.Date,
            ClassId = lesson?.ClassId,
            SubjectId = lesson?.SubjectId,
            RecordingId = Guid.NewGuid(),
            KeepDays = period is null ? null : rule.KeepDays,
            State = isFree ? BookingState.Approved : BookingState.Asked,
            DecidedAt = isFree ? now : null,
        };
    }

    // Whether the room is free is asked within the deed: of two who ask at once one is first.
    private static async Task<Results<Created<BookingView>, ProblemHttpResult>> PutAsync(
        Booking booking, Caller caller, Services services, CancellationToken cancellationToken)
    {
        ProblemHttpResult? taken = null;
        await services.Audit.CommitAsync(async deed =>
        {
            if (await services.Times.InTheWayOfAsync(deed.Records, booking, CancellationToken.None) is { Count: > 0 } inTheWay)
            {
                taken = services.Deeds.Taken(
                    booking, inTheWay, await services.Times.FreeInsteadOfAsync(deed.Records, booking, CancellationToken.None));
                deed.GiveUp();
                return;
            }

            deed.Records.Bookings.Add(booking);
            services.Deeds.Tell(deed, booking, caller.UserName, "booking.asked", booking.Purpose);
        });
        return taken is not null
            ? taken
            : TypedResults.Created((string?)null, (await services.Views.OfAsync([booking], caller, cancellationToken))[0]);
    }
}
