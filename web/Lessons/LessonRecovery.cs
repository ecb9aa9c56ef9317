using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Xunke.Actors.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Web.Configuration;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>
/// At a start, takes up the lessons that the end of the server interrupted, however it ended: those within their time go on as the same lesson when the
/// room is back, the others end with what was written down.
/// </summary>
internal sealed partial class LessonRecovery(
    LessonSpools spools, LessonRecords kept, IOptions<LessonSettings> settings, TimeProvider time, ILogger<LessonRecovery> log)
{
    /// <summary>Gives the lessons to their rooms.</summary>
    /// <param name="rooms">All rooms.</param>
    /// <param name="makeRoom">Makes a room that is no longer on the books.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Rooms that were made; their lessons are to be ended.</returns>
    public async Task<IReadOnlyList<RoomLessons>> RunAsync(
        FrozenDictionary<string, RoomLessons> rooms, Func<RoomEntry, RoomLessons> makeRoom, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpooledLesson> spooled = spools.ReadAll();
        IReadOnlySet<Guid> recorded = await RecordedAsync(spooled, cancellationToken);
        var made = new Dictionary<string, RoomLessons>(StringComparer.Ordinal);
        DateTimeOffset now = time.GetUtcNow();
        foreach (SpooledLesson one in spooled)
        {
            SpoolHead head = one.Head;
            bool goesOn = now < head.Limit && now - one.To <= TimeSpan.FromMinutes(settings.Value.AwayMinutes);
            if ((!goesOn && recorded.Contains(head.Id)) || Restore(one, rooms.GetValueOrDefault(head.RoomId)?.Room) is not { } lesson)
            {
                Discard(one);
                continue;
            }

            if (!rooms.TryGetValue(head.RoomId, out RoomLessons? room) && !made.TryGetValue(head.RoomId, out room))
            {
                made[head.RoomId] = room = makeRoom(lesson.Room);
            }

            room.Resume(lesson);
            LogTaken(head.Id, head.RoomId, one.To - head.From, goesOn);
        }

        return [.. made.Values];
    }

    /// <summary>Lessons of these that are on record to their end.</summary>
    private async Task<IReadOnlySet<Guid>> RecordedAsync(IReadOnlyList<SpooledLesson> spooled, CancellationToken cancellationToken)
    {
        try
        {
            return await kept.EndedAsync(spooled.Select(one => one.Head.Id), cancellationToken);
        }
        catch (DbException fault)
        {
            // A lesson that is put on record again is the same lesson.
            LogUnknown(fault);
            return new HashSet<Guid>();
        }
    }

    private LessonInHand? Restore(SpooledLesson spooled, RoomEntry? onBooks)
    {
        SpoolHead head = spooled.Head;
        RoomEntry room = (onBooks ?? new RoomEntry(head.RoomId, head.SchoolId, head.RoomId, string.Empty, head.Enrolled)) with
        {
            SchoolId = head.SchoolId,
            Enrolled = head.Enrolled,
        };
        try
        {
            return new LessonInHand(room, head.Id, head.From, head.Limit, SampleTape.Resume(head.From, spooled.Samples), spooled.To)
            {
                Spool = spooled.Spool,
                Ears = Heard(spooled),
            };
        }
        catch (InvalidDataException fault)
        {
            LogDamaged(fault, head.Id, head.RoomId);
            return null;
        }
    }

    private LessonEars? Heard(SpooledLesson spooled)
    {
        if (spooled.Traces.Count == 0)
        {
            return null;
        }

        try
        {
            var listener = LessonListener.Resume(spooled.Traces);
            spooled.Spool.HeardUpTo(listener.Chunks);
            return new LessonEars(listener);
        }
        catch (InvalidDataException fault)
        {
            // What was seen is worth keeping without what was heard.
            LogUnheard(fault, spooled.Head.Id, spooled.Head.RoomId);
            return null;
        }
    }

    private void Discard(SpooledLesson spooled)
    {
        try
        {
            spooled.Spool.Close(delete: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUndeleted(fault, spooled.Head.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Lesson {LessonId} of room {RoomId} was interrupted after {Length}; it goes on: {GoesOn}")]
    private partial void LogTaken(Guid lessonId, string roomId, TimeSpan length, bool goesOn);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which of the interrupted lessons are on record is not known; they are put on record again")]
    private partial void LogUnknown(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was written down of lesson {LessonId} in room {RoomId} cannot be read")]
    private partial void LogDamaged(Exception fault, Guid lessonId, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was heard in lesson {LessonId} in room {RoomId} before the server ended cannot be read")]
    private partial void LogUnheard(Exception fault, Guid lessonId, string roomId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The spool of lesson {LessonId} cannot be deleted; the next start will")]
    private partial void LogUndeleted(Exception fault, Guid lessonId);
}
