using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>A time at which a room is taken, by a booking or by a lesson of the timetable.</summary>
internal sealed record TakenTime(string RoomId, DateTimeOffset From, DateTimeOffset To, Booking? Booking, PlannedLesson? Lesson)
{
    /// <summary>Whether it shares an instant with another time.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From < to && To > from;

    /// <summary>Whether it keeps a teacher's booking out: a lesson of that teacher is what is booked.</summary>
    public bool KeepsOut(string? teacherId) => Booking is not null || Lesson?.TeacherId is null || Lesson.TeacherId != teacherId;
}

/// <summary>What is free on a date instead of a time that is taken.</summary>
/// <param name="Periods">Periods of the date at which the room is free.</param>
/// <param name="Rooms">Recording rooms of the school that are free at the period.</param>
internal sealed record FreeInstead(IReadOnlyList<PlannedPeriod> Periods, IReadOnlyList<RoomEntry> Rooms);

/// <summary>When rooms are taken, and when they are free.</summary>
internal sealed class RoomTimes(TimetableBook timetable, SchoolBook book, TimeProvider time)
{
    /// <summary>The recording rooms of a school, by their ids.</summary>
    public async Task<List<RoomEntry>> RoomsAsync(RecordsContext records, string schoolId, CancellationToken cancellationToken)
    {
        List<string> ids = await records.Rooms.Where(room => room.SchoolId == schoolId && room.IsRecordingRoom).OrderBy(room => room.Id)
            .Select(room => room.Id).ToListAsync(cancellationToken);
        return [.. ids.Select(book.FindRoom).OfType<RoomEntry>()];
    }

    /// <summary>The periods of a date that lessons and after-school service have, for classes that are not apart.</summary>
    public IReadOnlyList<PlannedPeriod> PeriodsOn(string schoolId, DateOnly date) =>
        [.. timetable.Of(schoolId).DayOf(date, grade: null).Periods.Where(period => period.Period.Kind != PeriodKind.Other)];

    /// <summary>A teacher's lesson at a time, in whatever room; null: none is planned.</summary>
    public PlannedLesson? LessonOf(string schoolId, string? teacherId, DateTimeOffset from, DateTimeOffset to) =>
        teacherId is null ? null : LessonsIn(schoolId, from, to).FirstOrDefault(lesson => lesson.TeacherId == teacherId);

    /// <summary>The lessons that are held at a time.</summary>
    public IEnumerable<PlannedLesson> LessonsIn(string schoolId, DateTimeOffset from, DateTimeOffset to)
    {
        SchoolTimetable school = timetable.Of(schoolId);
        DateOnly last = school.DateOf(to.AddTicks(-1));
        for (DateOnly date = school.DateOf(from); date <= last; date = date.AddDays(1))
        {
            foreach (PlannedLesson lesson in school.On(date))
            {
                if (lesson.State == LessonState.Held && lesson.From < to && lesson.To > from)
                {
                    yield return lesson;
                }
            }
        }
    }

    /// <summary>When rooms of a school are taken.</summary>
    public async Task<List<TakenTime>> TakenAsync(
        RecordsContext records, string schoolId, IReadOnlyCollection<string> roomIds, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellationToken)
    {
        // A day before, in which it may have begun, keeps the search within the index.
        DateTimeOffset since = from.AddDays(-1);
        List<Booking> bookings = await records.Bookings.AsNoTracking()
            .Where(one => one.SchoolId == schoolId && one.From >= since && one.From < to && one.To > from && roomIds.Contains(one.RoomId)
                && (one.State == BookingState.Asked || one.State == BookingState.Approved || one.State == BookingState.Recording))
            .OrderBy(one => one.From).ToListAsync(cancellationToken);
        return
        [
            .. bookings.Select(one => new TakenTime(one.RoomId, one.From, one.To, one, null)),
            .. LessonsIn(schoolId, from, to).Where(lesson => lesson.RoomId is not null && roomIds.Contains(lesson.RoomId))
                .Select(lesson => new TakenTime(lesson.RoomId!, lesson.From, lesson.To, null, lesson)),
        ];
    }

    /// <summary>What keeps a booking out of its room: another one, or another teacher's lesson.</summary>
    public async Task<List<TakenTime>> InTheWayOfAsync(RecordsContext records, Booking booking, CancellationToken cancellationToken) =>
    [
        .. (await TakenAsync(records, booking.SchoolId, [booking.RoomId], booking.From, booking.To, cancellationToken))
            .Where(taken => taken.Booking?.Id != booking.Id && taken.KeepsOut(booking.TeacherId)),
    ];

    /// <summary>What is free on the date of a booking that something is in the way of.</summary>
    public async Task<FreeInstead> FreeInsteadOfAsync(RecordsContext records, Booking booking, CancellationToken cancellationToken)
    {
        DateOnly date = timetable.Of(booking.SchoolId).DateOf(booking.From);
        List<RoomEntry> rooms = await RoomsAsync(records, booking.SchoolId, cancellationToken);
        IReadOnlyList<PlannedPeriod> periods =
            [.. PeriodsOn(booking.SchoolId, date).Where(period => period.From > time.GetUtcNow())];
        DateTimeOffset from = periods.Select(period => period.From).Append(booking.From).Min();
        DateTimeOffset to = periods.Select(period => period.To).Append(booking.To).Max();
        List<TakenTime> taken = await TakenAsync(
            records, booking.SchoolId, [.. rooms.Select(room => room.RoomId)], from, to, cancellationToken);
        return new FreeInstead(
            [.. periods.Where(period => IsFree(booking.RoomId, period.From, period.To))],
            [.. rooms.Where(room => IsFree(room.RoomId, booking.From, booking.To))]);

        bool IsFree(string roomId, DateTimeOffset begin, DateTimeOffset end) => !taken.Any(
            one => one.RoomId == roomId && one.Overlaps(begin, end) && one.KeepsOut(booking.TeacherId));
    }
}
