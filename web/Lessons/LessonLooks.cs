using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Recordings;

namespace Xunke.Web.Lessons;

/// <summary>How somebody looked at a lesson.</summary>
internal enum LookKind
{
    /// <summary>Visited the room while the lesson went on, with picture or sound.</summary>
    Visit,

    /// <summary>Watched the room's seat map and figures while the lesson went on.</summary>
    Room,

    /// <summary>Watched the school's wall while the lesson went on.</summary>
    School,

    /// <summary>Read the snapshot.</summary>
    Snapshot,

    /// <summary>Played a recording of the room in that time.</summary>
    Recording,
}

/// <summary>Somebody looked at a lesson.</summary>
/// <param name="At">When it began.</param>
/// <param name="To">When it ended, or up to when it is known to have lasted; null: a visit that lasts, or nothing that lasts.</param>
/// <param name="UserName">Who.</param>
/// <param name="DisplayName">That person's name.</param>
/// <param name="Kind">How.</param>
/// <param name="Media">What a visit saw and heard; null: it was no visit.</param>
/// <param name="Purpose">For what: the person's own words at a visit, else the standing purpose of the role.</param>
internal sealed record LookAtLesson(
    DateTimeOffset At, DateTimeOffset? To, string UserName, string DisplayName, LookKind Kind, MediaKinds? Media, string? Purpose);

/// <summary>Who looked at a lesson, when and for what, as the visits and the audit trail have it.</summary>
internal sealed class LessonLooks(RecordsContext records)
{
    /// <summary>So many are told at most, the newest.</summary>
    public const int Most = 500;

    /// <summary>A wall screen is left on for days.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(30);

    /// <summary>A look's line may have waited for the database.</summary>
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(30);

    /// <summary>The looks at a lesson by others than its teacher, newest first.</summary>
    /// <param name="lesson">Which.</param>
    /// <param name="except">The teacher's account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<LookAtLesson>> OfAsync(KnownLesson lesson, string except, CancellationToken cancellationToken)
    {
        (DateTimeOffset from, DateTimeOffset to) = (lesson.From, lesson.To);
        (string snapshot, string room, string school) = (lesson.Subject, lesson.RoomId, lesson.SchoolId);
        List<AuditEntry> lines =
        [
            .. await Latest(records.Looks.Where(line => line.Subject == snapshot && line.Action == LookKinds.Lesson)),
            .. await Latest(records.Looks
                .Where(line => line.Subject == room && line.At >= from && line.At < to && line.Action == LookKinds.Room)),
            .. await Latest(records.Looks
                .Where(line => line.Subject == school && line.At >= from && line.At < to && line.Action == LookKinds.School)),
        ];
        DateTimeOffset earliest = from - LessonsFeature.LongerThanAny;
        List<LookLength> watched = await WatchedAsync(room, school, from, to, except, cancellationToken);
        lines.RemoveAll(line => watched.Exists(look => IsBeginningOf(look, line)));
        List<Guid> recordings = await records.Recordings
            .Where(recording => recording.RoomId == room && recording.From >= earliest && recording.From < to && recording.To > from)
            .Select(recording => recording.Id).ToListAsync(cancellationToken);
        foreach (Guid recording in recordings)
        {
            string played = $"{recording} {room}";
            lines.AddRange(await Latest(records.Looks.Where(line => line.Subject == played && line.Action == RecordingRecords.Played)));
        }

        List<Visit> visits = await records.Visits.AsNoTracking()
            .Where(visit => visit.RoomId == room && visit.From >= earliest && visit.From < to && visit.UserName != except)
            .Where(visit => visit.To == null || visit.To > from)
            .OrderByDescending(visit => visit.From).Take(Most).ToListAsync(cancellationToken);

        string[] people = [.. lines.Select(line => line.UserName).Concat(watched.Select(look => look.UserName)).Distinct()];
        Dictionary<string, string> names = await records.Users.Where(account => people.Contains(account.UserName))
            .ToDictionaryAsync(account => account.UserName!, account => account.DisplayName, cancellationToken);
        return
        [
            .. visits.Select(visit => new LookAtLesson(
                visit.From, visit.To, visit.UserName, visit.DisplayName, LookKind.Visit, visit.Media, visit.Purpose))
                .Concat(lines.Select(line => new LookAtLesson(
                    line.At, null, line.UserName, names.GetValueOrDefault(line.UserName, line.UserName), KindOf(line.Action), null,
                    line.Purpose)))
                .Concat(watched.Select(look => new LookAtLesson(
                    look.From, look.To, look.UserName, names.GetValueOrDefault(look.UserName, look.UserName), KindOf(look.Action), null,
                    look.Purpose)))
                .OrderByDescending(look => look.At).Take(Most),
        ];

        Task<List<AuditEntry>> Latest(IQueryable<AuditEntry> found) =>
            found.AsNoTracking().Where(line => line.UserName != except).OrderByDescending(line => line.At).Take(Most)
                .ToListAsync(cancellationToken);
    }

    /// <summary>Those that lasted into the lesson, also where they began before it.</summary>
    private Task<List<LookLength>> WatchedAsync(
        string room, string school, DateTimeOffset from, DateTimeOffset to, string except, CancellationToken cancellationToken)
    {
        DateTimeOffset earliest = from - LongestLook;
        IQueryable<LookLength> looks = records.LookLengths;
        return looks.AsNoTracking()
            .Where(look => look.From >= earliest && look.From < to && look.To > from && look.UserName != except)
            .Where(look => (look.Target == room && look.Action == LookKinds.Room)
                || (look.Target == school && look.Action == LookKinds.School))
            .OrderByDescending(look => look.From).Take(Most).ToListAsync(cancellationToken);
    }

    private static bool IsBeginningOf(LookLength look, AuditEntry line) =>
        line.UserName == look.UserName && line.Action == look.Action && line.Subject == look.Target
        && (line.At - look.From).Duration() < WrittenWithin;

    private static LookKind KindOf(string action) => action switch
    {
        LookKinds.Lesson => LookKind.Snapshot,
        LookKinds.School => LookKind.School,
        RecordingRecords.Played => LookKind.Recording,
        _ => LookKind.Room,
    };
}
