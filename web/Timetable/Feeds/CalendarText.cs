using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Xunke.Actors.Timetable;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable.Feeds;

/// <summary>
/// The lessons of a teacher or a room as a calendar (RFC 5545), an event each: weeks, holidays, make-up days and changes are worked out, so
/// that no calendar has to. Times are instants in UTC.
/// </summary>
internal sealed class CalendarText(TimetableBook timetable, SchoolBook book, TimeProvider time)
{
    // What is over stays for a month after the term; a term is no longer than a year.
    private const int DaysAfterTerm = 31;
    private const int MostDays = 400;
    private const string RefreshInterval = "PT1H";

    /// <summary>Writes the calendar of the terms that go on or come.</summary>
    public string Of(CalendarFeed feed, bool english)
    {
        var words = new FeedWords(english);
        var calendar = new Calendar { ProductId = "-//Xunke//Timetable//ZH", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", words.Title(NameOf(feed)));
        var refresh = new CalendarProperty("REFRESH-INTERVAL", RefreshInterval);
        refresh.AddParameter("VALUE", "DURATION");
        calendar.AddProperty(refresh);
        calendar.AddProperty("X-PUBLISHED-TTL", RefreshInterval);
        var stamp = new CalDateTime(time.GetUtcNow().UtcDateTime);
        foreach (PlannedLesson lesson in LessonsOf(feed))
        {
            calendar.Events.Add(EventOf(lesson, feed, words, stamp));
        }

        return new CalendarSerializer().SerializeToString(calendar)
            ?? throw new InvalidOperationException("the calendar cannot be written");
    }

    private string NameOf(CalendarFeed feed) =>
        (feed.TeacherId is { } teacher ? timetable.Names.Teacher(teacher) : book.FindRoom(feed.RoomId)?.Name ?? feed.RoomId)!;

    private CalendarEvent EventOf(PlannedLesson lesson, CalendarFeed feed, FeedWords words, CalDateTime stamp)
    {
        BookNames names = timetable.Names;
        string subject = (words.English ? names.SubjectEn(lesson.SubjectId) : names.Subject(lesson.SubjectId))!;
        string? teacher = names.Teacher(lesson.TeacherId);
        bool isCancelled = lesson.State == LessonState.Cancelled;
        string title = $"{subject} {names.Class(lesson.ClassId)}{(feed.RoomId is null || teacher is null ? "" : $" {teacher}")}";
        return new CalendarEvent
        {
            // A lesson keeps its name wherever it is moved to.
            Uid = $"{lesson.EntryId:N}-{lesson.Unchanged.Date:yyyyMMdd}@xunke",
            DtStamp = stamp,
            Start = new CalDateTime(lesson.From.UtcDateTime),
            End = new CalDateTime(lesson.To.UtcDateTime),
            Summary = isCancelled ? words.Cancelled(title) : title,
            Location = lesson.State == LessonState.Elsewhere ? words.Elsewhere
                : lesson.RoomId is { } room ? book.FindRoom(room)?.Name ?? room : null,
            Description = string.Join('\n', Lines(lesson, words)),
            Status = isCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = isCancelled ? TransparencyType.Transparent : TransparencyType.Opaque,
            LastModified = lesson.Change is { } change ? new CalDateTime(change.MadeAt.UtcDateTime) : null,
        };
    }

    private IEnumerable<string> Lines(PlannedLesson lesson, FeedWords words)
    {
        yield return lesson.Period.Period.Name;
        if (lesson.Change is not { } change)
        {
            yield break;
        }

        if (lesson.TeacherId != lesson.Unchanged.TeacherId && timetable.Names.Teacher(lesson.Unchanged.TeacherId) is { } usual)
        {
            yield return words.InsteadOf(usual);
        }

        if (lesson.Date != lesson.Unchanged.Date || lesson.Period.Period.Number != lesson.Unchanged.Period?.Period.Number)
        {
            yield return words.MovedFrom(lesson.Unchanged.Date, lesson.Unchanged.Period?.Period.Name ?? string.Empty);
        }

        if (change.Reason is { } reason)
        {
            yield return reason;
        }
    }

    private IEnumerable<PlannedLesson> LessonsOf(CalendarFeed feed)
    {
        DateOnly today = timetable.Today;
        SchoolTimetable[] schools = [.. SchoolsOf(feed)];
        Term[] terms = [.. schools.SelectMany(school => school.Terms).Where(term => term.LastDay.AddDays(DaysAfterTerm) >= today)];
        if (terms.Length == 0)
        {
            yield break;
        }

        DateOnly first = terms.Min(term => term.FirstDay);
        int days = Math.Min(MostDays, terms.Max(term => term.LastDay).DayNumber - first.DayNumber + 1);
        for (int i = 0; i < days; i++)
        {
            foreach (PlannedLesson lesson in schools.SelectMany(school => school.On(first.AddDays(i))))
            {
                if (feed.TeacherId is { } teacher ? lesson.TeacherId == teacher : lesson.RoomId == feed.RoomId)
                {
                    yield return lesson;
                }
            }
        }
    }

    /// <summary>A teacher may have lessons at several schools.</summary>
    private IEnumerable<SchoolTimetable> SchoolsOf(CalendarFeed feed) => feed.TeacherId is { } teacher
        ? timetable.All.Select(school => school.Only((_, one, _) => one == teacher)).Where(school => school.Entries.Count > 0)
        : book.FindRoom(feed.RoomId) is { } room ? [timetable.Of(room.SchoolId).Only((_, _, one) => one == room.RoomId)] : [];
}
