using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Analytics.Stills;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>The lessons on record, as their rooms and their sweeper write them.</summary>
internal sealed partial class LessonRecords(
    IDbContextFactory<RecordsContext> records, SchoolBook book, TimetableBook timetable,
    ILogger<LessonRecords> log) : ILessonRecords
{
    /// <summary>Rows of a statement that ends lessons: nobody else can write meanwhile.</summary>
    private const int MostAtOnce = 100;

    /// <inheritdoc />
    public async Task<bool> TrySaveAsync(Lesson lesson, bool freeze, Func<IReadOnlyList<Still>>? stills = null)
    {
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync();
            var known = await context.Lessons.Where(one => one.Id == lesson.Id)
                .Select(one => new { one.Ended, one.To }).SingleOrDefaultAsync();
            if (known is { Ended: true } && known.To >= lesson.To)
            {
                // The server stopped after its end was on record, and before that was noted.
                byte[]? frozen = freeze ? await FreezeAsync(lesson.Id, CancellationToken.None) : null;
                await AddStillsAsync(context, lesson, frozen, stills);
                await context.SaveChangesAsync();
                return true;
            }

            lesson.Snapshot = freeze ? TryFreeze(lesson) : null;
            lesson.Figures = lesson.Snapshot is { } made ? LessonComparison.FiguresOf(made) : null;
            if (known is null)
            {
                context.Lessons.Add(lesson);
            }
            else
            {
                // What its teacher has said of it meanwhile stays.
                context.Lessons.Update(lesson).Property(one => one.Kind).IsModified = false;
            }

            await AddStillsAsync(context, lesson, lesson.Snapshot, stills);
            await context.SaveChangesAsync();
            return true;
        }
        catch (Exception fault) when (fault is DbUpdateException or DbException)
        {
            LogUnsaved(fault, lesson.RoomId);
            return false;
        }
    }

    /// <summary>A lesson's snapshot; null while it goes on, and where what is on record is damaged.</summary>
    public async Task<byte[]?> SnapshotOfAsync(KnownLesson lesson, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        byte[]? snapshot = await context.Lessons.Where(one => one.Id == lesson.Id).Select(one => one.Snapshot)
            .SingleOrDefaultAsync(cancellationToken);
        return snapshot ?? (lesson.Ended ? await FreezeAsync(lesson.Id, cancellationToken) : null);
    }

    /// <summary>
    /// Computes the snapshot of a lesson that ended before snapshots were kept, or while the server stopped, and keeps it.
    /// </summary>
    /// <returns>The snapshot; null where what is on record is damaged.</returns>
    public async Task<byte[]?> FreezeAsync(Guid lessonId, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        Lesson lesson = await context.Lessons.AsNoTracking().SingleAsync(one => one.Id == lessonId, cancellationToken);
        if (TryFreeze(lesson) is { } snapshot && lesson.Ended)
        {
            string figures = LessonComparison.FiguresOf(snapshot);
            await context.Lessons.Where(one => one.Id == lessonId && one.Ended && one.Snapshot == null).ExecuteUpdateAsync(
                one => one.SetProperty(l => l.Snapshot, snapshot).SetProperty(l => l.Figures, figures), cancellationToken);
            return snapshot;
        }

        return null;
    }

    /// <summary>
    /// Ends all lessons on record but these that began before a time: the server was ended while they went on, and nothing else is known
    /// of them.
    /// </summary>
    public async Task EndAllButAsync(IReadOnlyCollection<Guid> goOn, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Guid> open = await context.LessonsNotEnded.Where(lesson => lesson.From < before).Select(lesson => lesson.Id)
            .ToListAsync(cancellationToken);
        foreach (Guid[] some in open.Except(goOn).Chunk(MostAtOnce))
        {
            await context.Lessons.Where(lesson => some.Contains(lesson.Id)).ExecuteUpdateAsync(
                lesson => lesson.SetProperty(one => one.Ended, true), cancellationToken);
        }
    }

    /// <summary>The snapshot may have been there before, with its stills.</summary>
    private static async Task AddStillsAsync(
        RecordsContext context, Lesson lesson, byte[]? frozen, Func<IReadOnlyList<Still>>? stills)
    {
        if (frozen is not null && stills is not null && !await context.LessonStills.AnyAsync(still => still.LessonId == lesson.Id))
        {
            context.LessonStills.AddRange(MomentStills.Choose(lesson, frozen, stills()));
        }
    }

    /// <summary>A lesson whose snapshot cannot be computed is kept all the same; a later version may mend that.</summary>
    private byte[]? TryFreeze(Lesson lesson)
    {
        try
        {
            return FrozenSnapshot.Make(
                lesson, book.FindRoom(lesson.RoomId), book.FindSchool(lesson.SchoolId)?.Name ?? lesson.SchoolId, timetable.Names);
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
