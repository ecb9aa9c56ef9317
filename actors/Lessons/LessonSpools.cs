using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xunke.Analytics.Speech;

namespace Xunke.Actors.Lessons;

/// <summary>
/// The spools of the lessons that go on: a file each, and another for its stills, in one folder. A disk that fails costs them and nothing
/// else. All members may be called from any thread.
/// </summary>
/// <param name="root">The folder; it is made when it is needed.</param>
/// <param name="log">Gets faults of the disk.</param>
/// <param name="keepStills">Whether stills are kept of lessons; where not, those that an earlier start left go.</param>
public sealed partial class LessonSpools(string root, ILogger<LessonSpools> log, bool keepStills = true)
{
    private const string Extension = ".spool";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _failing = [];
    private readonly HashSet<Guid> _waiting = [];
    private List<LessonInHand> _left = [];

    /// <summary>The stills of these lessons.</summary>
    internal StillSpools Stills { get; } = new(root, keepStills, log);

    /// <summary>Lessons that go on cannot be written down: a crash would cost them.</summary>
    public bool IsFailing
    {
        get
        {
            lock (_gate)
            {
                return _failing.Count > 0;
            }
        }
    }

    /// <summary>Lessons that have ended and could not be put on record yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The lessons that the last end of the server interrupted, however it ended.</summary>
    public IReadOnlyCollection<Guid> Found { get; private set; } = [];

    /// <summary>Reads what the end of the server left. To be called once, before the rooms begin.</summary>
    public void Load()
    {
        var found = ReadAll();
        Stills.DeleteAllBut(found.Select(lesson => lesson.Head.Id).ToHashSet());
        lock (_gate)
        {
            _left = [.. found];
            Found = [.. found.Select(lesson => lesson.Head.Id)];
        }
    }

    /// <summary>Puts on record what was left in rooms that are no longer on the books.</summary>
    public async Task PutOrphansOnRecordAsync(Predicate<string> isOnBooks, ILessonRecords records)
    {
        foreach (var lesson in Take(room => !isOnBooks(room)))
        {
            var ended = new EndedLesson(lesson, mayGoOn: false);
            await ended.HearOutAsync(this, fault => LogUnheard(fault, lesson.Head.Id, lesson.Head.RoomId)).ConfigureAwait(false);
            if (await records.TrySaveAsync(ended.Record, freeze: true, () => Stills.Of(lesson.Head.Id)).ConfigureAwait(false))
            {
                Close(lesson, delete: true);
            }
        }
    }

    /// <summary>Takes the lessons that were left in some rooms.</summary>
    /// <param name="isWanted">Says of a room's id whether its lessons are meant.</param>
    internal IReadOnlyList<LessonInHand> Take(Predicate<string> isWanted)
    {
        lock (_gate)
        {
            List<LessonInHand> taken = [.. _left.Where(lesson => isWanted(lesson.Head.RoomId))];
            _left = [.. _left.Except(taken)];
            return taken;
        }
    }

    /// <summary>Reads the spools of a room again, whose actor failed.</summary>
    internal IReadOnlyList<LessonInHand> ReadAgain(string roomId) => [.. ReadAll().Where(lesson => lesson.Head.RoomId == roomId)];

    /// <summary>Begins to write down what is new of a lesson. One call at a time for each lesson.</summary>
    /// <returns>Whether the disk took it.</returns>
    internal Task<bool> KeepAsync(LessonInHand lesson)
    {
        var spool = lesson.Spool ??= new LessonSpool(PathOf(lesson), lesson.Head);
        var from = spool.Seen;
        var seen = lesson.SamplesFrom(from);
        var to = lesson.To;
        return Task.Run(() =>
        {
            try
            {
                Directory.CreateDirectory(root, OwnerOnly);
                spool.Write(seen, from, to, lesson.Ears);
                Tell(lesson.Head.Id, fault: null);
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Tell(lesson.Head.Id, fault);
                return false;
            }
        });
    }

    /// <summary>A lesson has ended and could not be put on record; it is tried again.</summary>
    internal void KeepWaiting(LessonInHand lesson)
    {
        lock (_gate)
        {
            _waiting.Add(lesson.Head.Id);
        }
    }

    /// <summary>A lesson is over.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="delete">Whether it is on record, or not wanted. Otherwise the next start finds it.</param>
    internal void Close(LessonInHand lesson, bool delete)
    {
        try
        {
            lesson.Spool?.Close(delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUndeleted(fault, lesson.Head.Id);
        }

        Stills.Close(lesson, delete);
        lock (_gate)
        {
            _failing.Remove(lesson.Head.Id);
            _waiting.Remove(lesson.Head.Id);
        }
    }

    /// <summary>Deletes what was seen and heard and nobody has written to since a time: it goes with the lessons of that time.</summary>
    public void DeleteOlderThan(DateTimeOffset limit)
    {
        foreach (var path in Files().Where(path => File.GetLastWriteTimeUtc(path) < limit.UtcDateTime))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(fault, path);
            }
        }
    }

    /// <summary>Deletes stills of lessons that were never put on record, likewise.</summary>
    public void DeleteStillsOlderThan(DateTimeOffset limit) => Stills.DeleteOlderThan(limit);

    /// <summary>What is written down now, newest first. What cannot be read is deleted: nothing can be made of it.</summary>
    private IReadOnlyList<LessonInHand> ReadAll()
    {
        var found = new List<LessonInHand>();
        foreach (var path in Files())
        {
            try
            {
                if (LessonSpool.Read(path) is { } spooled && Restore(spooled) is { } lesson)
                {
                    found.Add(lesson);
                    continue;
                }

                LogUnreadable(null, path);
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
            {
                LogUnreadable(fault, path);
            }
        }

        return [.. found.OrderByDescending(lesson => lesson.Head.From)];
    }

    private LessonInHand? Restore(SpooledLesson spooled)
    {
        try
        {
            var tape = SampleTape.Resume(spooled.Head.From, spooled.Samples);
            return new LessonInHand(spooled.Head, tape, spooled.To, Heard(spooled), spooled.Spool);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private LessonEars Heard(SpooledLesson spooled)
    {
        if (spooled.Traces.Count == 0)
        {
            return new LessonEars();
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
            return new LessonEars();
        }
    }

    private string PathOf(LessonInHand lesson) => Path.Combine(root, lesson.Head.Id + Extension);

    private IReadOnlyList<string> Files() => Directory.Exists(root) ? Directory.GetFiles(root, "*" + Extension) : [];

    /// <summary>A full disk concerns all lessons, and is told once.</summary>
    private void Tell(Guid lessonId, Exception? fault)
    {
        lock (_gate)
        {
            var before = _failing.Count > 0;
            _ = fault is null ? _failing.Remove(lessonId) : _failing.Add(lessonId);
            if (fault is not null && !before)
            {
                LogFailing(fault);
            }
            else if (before && _failing.Count == 0)
            {
                LogRecovered();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Lessons that go on cannot be written down; they go on in memory, and a crash would cost them")]
    private partial void LogFailing(Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Lessons that go on are written down again")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The spool of lesson {LessonId} cannot be deleted; the next start will")]
    private partial void LogUndeleted(Exception fault, Guid lessonId);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was heard in lesson {LessonId} in room {RoomId} before the server ended cannot be read")]
    private partial void LogUnheard(Exception fault, Guid lessonId, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} holds no lesson that can be read")]
    private partial void LogUnreadable(Exception? fault, string path);
}
