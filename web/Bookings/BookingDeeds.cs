using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Bookings;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>How bookings are told of: in the audit trail, to pages, and to whoever asks for one that cannot be had.</summary>
internal sealed class BookingDeeds(ChangeBoard changes, TimetableBook timetable, SchoolBook book)
{
    /// <summary>Tells of something that is done to a booking.</summary>
    public void Tell(Deed deed, Booking booking, string by, string action, string? why = null)
    {
        deed.Tell(by, action, $"{booking.Id} {booking.RoomId}", why);
        Show(deed, booking);
    }

    /// <summary>Pages ask again once it is on record.</summary>
    public void Show(Deed deed, Booking booking) => deed.Afterwards(() => changes.Raise(Topic.Bookings, booking.SchoolId));

    /// <summary>There is no such booking for the caller.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("unknown-booking", "没有这个申请，或您没有权限查看");

    /// <summary>The room is taken then: by what, and what is free instead.</summary>
    public ProblemHttpResult Taken(Booking wanted, IReadOnlyList<TakenTime> taken, FreeInstead free)
    {
        string room = book.FindRoom(wanted.RoomId)?.Name ?? wanted.RoomId;
        string when = wanted.PeriodName is { } name
            ? string.Create(CultureInfo.InvariantCulture, $"{timetable.Of(wanted.SchoolId).DateOf(wanted.From):M月d日}{name}")
            : "现在";
        string[] instead =
        [
            .. free.Periods.Count > 0 ? [$"这天还空着：{string.Join("、", free.Periods.Select(one => one.Period.Name))}"] : Array.Empty<string>(),
            .. free.Rooms.Count > 0 ? [$"这一节还空着：{string.Join("、", free.Rooms.Select(one => one.Name))}"] : Array.Empty<string>(),
        ];
        return Problems.Create(
            StatusCodes.Status409Conflict, "room-taken",
            $"{room}{when}已被占用：{By(taken[0])}。{(instead is [] ? "这天没有空的了" : string.Join("；", instead))}",
            ("taken", taken.Select(one => new { by = By(one), isLesson = one.Lesson is not null, one.From, one.To })),
            ("freePeriods", free.Periods.Select(one => PeriodView.Of(one))),
            ("freeRooms", free.Rooms.Select(one => new { one.RoomId, one.Name })));
    }

    /// <summary>Who takes a time.</summary>
    public string By(TakenTime taken)
    {
        BookNames names = timetable.Names;
        return taken.Booking is { } booking
            ? string.Join(' ', new[]
            {
                names.Teacher(booking.TeacherId) ?? booking.DisplayName, names.Class(booking.ClassId),
            }.OfType<string>())
            : string.Join(' ', new[]
            {
                names.Teacher(taken.Lesson!.TeacherId), names.Class(taken.Lesson.ClassId), names.Subject(taken.Lesson.SubjectId),
            }.OfType<string>());
    }
}
