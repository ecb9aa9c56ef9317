using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Bookings;

/// <summary>
/// A wish to record with its names, and what the caller may do about it. Without a period it was asked for at once, not booked.
/// RecordingId is there as soon as the caller may play it.
/// </summary>
internal sealed record BookingView(
    Guid BookingId, string SchoolId, string SchoolName, string RoomId, string RoomName, BookingState State, string AskedBy,
    DateTimeOffset AskedAt, string? TeacherName, string? ClassName, string? SubjectName, string? SubjectNameEn, Guid? EntryId,
    DateOnly? LessonDate, string? PeriodName, DateTimeOffset From, DateTimeOffset To, string Purpose, string? DecidedBy,
    DateTimeOffset? DecidedAt, string? Reason, string? Fault, Guid? RecordingId, bool IsOwn, bool MayDecide, bool MayWithdraw);

/// <summary>Gives bookings their names.</summary>
internal sealed class BookingViews(RecordsContext records, TimetableBook timetable, SchoolBook book)
{
    /// <summary>Bookings as the caller may know of them.</summary>
    public async Task<BookingView[]> OfAsync(IReadOnlyCollection<Booking> bookings, Caller caller, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. bookings.Where(one => one.State is BookingState.Recorded or BookingState.NoShow).Select(one => one.RecordingId)];
        HashSet<Guid> playable = ids is [] ? [] : await records.Recordings.VisibleTo(caller, records)
            .Where(recording => recording.To != null && ids.Contains(recording.Id)).Select(recording => recording.Id)
            .ToHashSetAsync(cancellationToken);
        string[] schoolIds = [.. bookings.Select(one => one.SchoolId).Distinct()];
        Dictionary<string, RecordingRule> rules = await records.RecordingRules.AsNoTracking()
            .Where(rule => schoolIds.Contains(rule.SchoolId)).ToDictionaryAsync(rule => rule.SchoolId, cancellationToken);
        return
        [
            .. bookings.Select(one => Of(
                one, caller, rules.GetValueOrDefault(one.SchoolId) ?? RecordingRule.Usual(one.SchoolId),
                playable.Contains(one.RecordingId))),
        ];
    }

    private BookingView Of(Booking one, Caller caller, RecordingRule rule, bool isPlayable)
    {
        BookNames names = timetable.Names;
        bool isOwn = one.UserName == caller.UserName;
        return new BookingView(
            one.Id,
            one.SchoolId,
            book.FindSchool(one.SchoolId)?.Name ?? one.SchoolId,
            one.RoomId,
            book.FindRoom(one.RoomId)?.Name ?? one.RoomId,
            one.State,
            one.DisplayName,
            one.AskedAt,
            names.Teacher(one.TeacherId),
            names.Class(one.ClassId),
            names.Subject(one.SubjectId),
            names.SubjectEn(one.SubjectId),
            one.EntryId,
            one.LessonDate,
            one.PeriodName,
            one.From,
            one.To,
            one.Purpose,
            one.DecidedByName,
            one.DecidedAt,
            one.Reason,
            one.Fault,
            isPlayable ? one.RecordingId : null,
            isOwn,
            one.State is BookingState.Asked or BookingState.Approved && caller.MayDecide(one, rule),
            isOwn && one.IsOpen);
    }
}
