using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Analytics.Speech;
using Xunke.Web.Audit;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>The lessons on record, as their keeper writes them.</summary>
internal sealed partial class LessonRecords(
    IDbContextFactory<RecordsContext> records, SchoolBook book, AuditTrail audit, ILogger<LessonRecords> log)
{
    /// <summary>Rows of a statement that deletes: nobody else can write meanwhile.</summary>
    private const int MostDeleted = 100;

    /// <summary>Puts a lesson on record, or what is new of it. A database that fails costs this save; the next one holds everything again.</summary>
    /// <param name="room">The room.</param>
    /// <param name="lesson">The lesson.</param>
    /// <param name="heard">What was heard; null while it lasts, and where nothing was.</param>
    /// <param name="ended">Whether it is over.</param>
    /// <param name="freeze">Whether its snapshot is computed too: not for one that may go on after the next start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is on record.</returns>
    public async Task<bool> TrySaveAsync(
        RoomLessons room, LessonInHand lesson, HeardLesson? heard, bool ended, bool freeze, CancellationToken cancellationToken)
    {
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            var record = new Lesson
            {
                Id = lesson.Id,
                RoomId = lesson.Room.RoomId,
                SchoolId = lesson.Room.SchoolId,
                From = lesson.From,
                To = lesson.To,
                Ended = ended,
                Enrolled = lesson.Room.Enrolled,
                Samples = room.SamplesOf(lesson),
                Sound = heard is null ? null : HeardTape.Write(heard),
            };

            record.Snapshot = freeze ? TryFreeze(record) : null;

            // It may have been put on record before the server was started.
            bool known = await context.Lessons.AnyAsync(one => one.Id == lesson.Id, cancellationToken);
            _ = known ? context.Lessons.Update(record) : context.Lessons.Add(record);
            await context.SaveChangesAsync(cancellationToken);
            lesson.SavedTo = record.To;
            return true;
        }
        catch (Exception fault) when (fault is DbUpdateException or DbException)
        {
            LogUnsaved(fault, lesson.Room.RoomId);
            return false;
        }
    }

    /// <summary>Computes the snapshot of a lesson that ended before snapshots were kept, or while the server stopped, and keeps it.</summary>
    /// <returns>The snapshot; null where what is on record is damaged.</returns>
    public async Task<byte[]?> FreezeAsync(Guid lessonId, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        Lesson lesson = await context.Lessons.AsNoTracking().SingleAsync(one => one.Id == lessonId, cancellationToken);
        if (TryFreeze(lesson) is { } snapshot && lesson.Ended)
        {
            await context.Lessons.Where(one => one.Id == lessonId && one.Ended && one.Snapshot == null)
                .ExecuteUpdateAsync(one => one.SetProperty(l => l.Snapshot, snapshot), cancellationToken);
            return snapshot;
        }

        return null;
    }

    /// <summary>Lessons of these that are on record to their end.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public async Task<IReadOnlySet<Guid>> EndedAsync(IEnumerable<Guid> lessons, CancellationToken cancellationToken)
    {
        var ended = new HashSet<Guid>();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (Guid[] some in lessons.Chunk(MostDeleted))
        {
            ended.UnionWith(await context.Lessons.Where(lesson => some.Contains(lesson.Id) && lesson.Ended)
                .Select(lesson => lesson.Id).ToListAsync(cancellationToken));
        }

        return ended;
    }

    /// <summary>Ends all lessons on record but these: the server was ended while they went on, and nothing else is known of them.</summary>
    public async Task EndAllButAsync(IReadOnlyCollection<Guid> goOn, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (Guid[] some in (await context.LessonsNotEnded.Select(lesson => lesson.Id).ToListAsync(cancellationToken)).Except(goOn).Chunk(MostDeleted))
        {
            await context.Lessons.Where(lesson => some.Contains(lesson.Id)).ExecuteUpdateAsync(
                lesson => lesson.SetProperty(one => one.Ended, true), cancellationToken);
        }
    }

    /// <summary>Deletes the lessons that ended before a time: in portions that others need not wait for, each with its line.</summary>
    public async Task DeleteBeforeAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = 0;
            await audit.CommitAsync(async deed =>
            {
                deleted = await deed.Records.Lessons.Where(lesson => lesson.To < limit).OrderBy(lesson => lesson.To).Take(MostDeleted)
                    .ExecuteDeleteAsync();
                if (deleted > 0)
                {
                    deed.Tell(AuditTrail.System, "lessons.expired", $"{deleted} before {limit:O}");
                }
            });
        }
        while (deleted == MostDeleted && !cancellationToken.IsCancellationRequested);
    }

    /// <summary>A lesson whose snapshot cannot be computed is kept all the same; a later version may mend that.</summary>
    private byte[]? TryFreeze(Lesson lesson)
    {
        try
        {
            return FrozenSnapshot.Make(lesson, book.FindRoom(lesson.RoomId), book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId);
        }
        catch (Exception fault)
        {
            LogUnfrozen(fault, lesson.Id, lesson.RoomId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The snapshot of lesson {LessonId} in room {RoomId} cannot be computed")]
    private partial void LogUnfrozen(Exception fault, Guid lessonId, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lesson in room {RoomId} cannot be put on record for now")]
    private partial void LogUnsaved(Exception fault, string roomId);
}
