using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>Recording by approval, and the booking of recording rooms: <c>/api/bookings</c>.</summary>
internal static class BookingsFeature
{
    private const int MostBookings = 300;
    private const int RecentDays = 60;

    /// <summary>The own lesson that is on: where, and until when.</summary>
    internal sealed record LessonNow(string RoomId, string RoomName, string ClassName, string SubjectName, DateTimeOffset To);

    /// <summary>What the caller may know of, by time, and the own lesson that is on if a recording of it may be asked for.</summary>
    internal sealed record BookingList(IReadOnlyList<BookingView> Bookings, LessonNow? OwnLesson, int LongestMinutes);

    /// <summary>A recording room.</summary>
    internal sealed record BookedRoom(string RoomId, string Name);

    /// <summary>A date with its periods.</summary>
    internal sealed record BookedDay(DateOnly Date, DayKind Kind, string? Name, IReadOnlyList<PeriodView> Periods);

    /// <summary>A time at which a room is taken, and by whom.</summary>
    internal sealed record TakenView(
        string RoomId, DateTimeOffset From, DateTimeOffset To, string By, bool IsLesson, bool IsOwn, BookingState? State);

    /// <summary>A school's recording rooms in a week, from Monday, and what the school's rule says.</summary>
    internal sealed record BookingWeek(
        string SchoolId, DateOnly From, IReadOnlyList<BookedRoom> Rooms, IReadOnlyList<BookedDay> Days, IReadOnlyList<TakenView> Taken,
        DateOnly FirstDate, DateOnly LastDate, bool MayAsk, RecordingApproval Approval, int LongestMinutes, int? KeepDays);

    /// <summary>A lesson of the timetable that may be held in a recording room.</summary>
    internal sealed record LessonThen(string TeacherId, string TeacherName, string ClassName, string SubjectName, string SubjectNameEn);

    public static void AddBookings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RoomTimes>();
        builder.Services.AddSingleton<BookingDeeds>();
        builder.Services.AddScoped<BookingViews>();
        builder.Services.AddSingleton<BookingClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BookingClock>());
    }

    public static void MapBookings(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/bookings").Require(Permission.AskForRecordings).WithTags("Bookings")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync)
            .WithSummary("Wishes to record of the last two months and to come: the caller's own, or those of whom the caller decides about");
        group.MapGet("/calendar", CalendarAsync)
            .WithSummary("A school's recording rooms in a week: what is taken, and what may be booked")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/lessons", Lessons)
            .WithSummary("The lessons of a period on a date: a teacher's own, to others all of the school")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapAsking();
        group.MapDecisions();
        app.MapRoomBookings();
    }

    private static async Task<Ok<BookingList>> ListAsync(
        Caller caller, RecordsContext records, BookingViews views, TimetableBook timetable, SchoolBook book,
        IOptions<RecordingSettings> recording, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset since = time.GetUtcNow().AddDays(-RecentDays);
        List<Booking> found = await records.Bookings.AsNoTracking().VisibleTo(caller, records).Where(one => one.From >= since)
            .OrderByDescending(one => one.From).Take(MostBookings).ToListAsync(cancellationToken);
        RecordingRule? rule = caller.SchoolId is { } school ? await records.RuleAsync(school, cancellationToken) : null;
        return TypedResults.Ok(new BookingList(
            await views.OfAsync(found, caller, cancellationToken),
            rule is not null && caller.MayAsk(rule) && recording.Value.Lessons ? FindOwn(caller, timetable, book, time.GetUtcNow()) : null,
            Math.Min(rule?.LongestMinutes ?? RecordingRule.MostMinutes, recording.Value.LongestMinutes)));
    }

    private static LessonNow? FindOwn(Caller caller, TimetableBook timetable, SchoolBook book, DateTimeOffset now)
    {
        BookNames names = timetable.Names;
        if (caller.SchoolId is null || names.OfAccount(caller.UserName) is not { } own)
        {
            return null;
        }

        PlannedLesson? lesson = timetable.Of(caller.SchoolId).On(timetable.Today).FirstOrDefault(
            one => one.TeacherId == own.Id && one.RoomId is { } roomId && one.IsAt(roomId, now));
        return lesson is null || book.FindRoom(lesson.RoomId) is not { } room
            ? null
            : new LessonNow(room.RoomId, room.Name, names.Class(lesson.ClassId)!, names.Subject(lesson.SubjectId)!, lesson.To);
    }

    private static async Task<Results<Ok<BookingWeek>, ProblemHttpResult>> CalendarAsync(
        Caller caller, SchoolBook book, TimetableBook timetable, RoomTimes times, BookingDeeds deeds, RecordsContext records,
        IOptions<BookingSettings> settings, IOptions<RecordingSettings> recording, CancellationToken cancellationToken,
        string? schoolId = null, DateOnly? date = null)
    {
        schoolId ??= caller.SchoolId;
        // Whether a school exists is told only to those who may ask there.
        if (!caller.May(Permission.AskForRecordings, schoolId))
        {
            return Problems.Forbidden();
        }

        if (book.FindSchool(schoolId) is not { } school)
        {
            return Problems.UnknownSchool();
        }

        (DateOnly first, DateOnly last) = settings.Value.DatesFrom(timetable.Today);
        DateOnly any = date ?? first;
        if (any < first.AddYears(-1) || any > first.AddYears(2))
        {
            return Problems.BadRequest("bad-date", "日期超出范围");
        }

        DateOnly monday = Weeks.SameWeek(any, 1);
        SchoolTimetable planned = timetable.Of(school.SchoolId);
        List<RoomEntry> rooms = await times.RoomsAsync(records, school.SchoolId, cancellationToken);
        BookedDay[] days = [.. Enumerable.Range(0, 7).Select(i => DayOf(planned, times, monday.AddDays(i)))];
        PeriodView[] periods = [.. days.SelectMany(day => day.Periods)];
        List<TakenTime> taken = periods is [] ? [] : await times.TakenAsync(
            records, school.SchoolId, [.. rooms.Select(room => room.RoomId)], periods.Min(one => one.From), periods.Max(one => one.To),
            cancellationToken);
        string? own = timetable.Names.OfAccount(caller.UserName)?.Id;
        RecordingRule rule = await records.RuleAsync(school.SchoolId, cancellationToken);
        return TypedResults.Ok(new BookingWeek(
            school.SchoolId,
            monday,
            [.. rooms.Select(room => new BookedRoom(room.RoomId, room.Name))],
            days,
            [
                .. taken.Select(one => new TakenView(
                    one.RoomId, one.From, one.To, deeds.By(one), one.Lesson is not null,
                    one.Booking?.UserName == caller.UserName || !one.KeepsOut(own), one.Booking?.State)),
            ],
            first,
            last,
            caller.MayAsk(rule) && recording.Value.Lessons,
            rule.Approval,
            Math.Min(rule.LongestMinutes, recording.Value.LongestMinutes),
            rule.KeepDays));
    }

    private static BookedDay DayOf(SchoolTimetable planned, RoomTimes times, DateOnly date)
    {
        TeachingDay day = planned.DayOf(date, grade: null);
        return new BookedDay(
            date, day.Kind, day.Special?.Name, [.. times.PeriodsOn(planned.SchoolId, date).Select(one => PeriodView.Of(one)!)]);
    }

    private static Results<Ok<LessonThen[]>, ProblemHttpResult> Lessons(
        string schoolId, DateOnly date, int period, Caller caller, SchoolBook book, TimetableBook timetable, RoomTimes times)
    {
        if (!caller.May(Permission.AskForRecordings, schoolId))
        {
            return Problems.Forbidden();
        }

        if (book.FindSchool(schoolId) is null)
        {
            return Problems.UnknownSchool();
        }

        BookNames names = timetable.Names;
        string? own = names.OfAccount(caller.UserName)?.Id;
        PlannedPeriod? then = times.PeriodsOn(schoolId, date).FirstOrDefault(one => one.Period.Number == period);
        return TypedResults.Ok(then is null ? [] : times.LessonsIn(schoolId, then.From, then.To)
            .Where(lesson => lesson.TeacherId is not null && (!caller.IsTeacher || lesson.TeacherId == own))
            .Select(lesson => new LessonThen(
                lesson.TeacherId!, names.Teacher(lesson.TeacherId)!, names.Class(lesson.ClassId)!, names.Subject(lesson.SubjectId)!,
                names.SubjectEn(lesson.SubjectId)!))
            .OrderBy(lesson => lesson.ClassName, StringComparer.Ordinal).ToArray());
    }
}
