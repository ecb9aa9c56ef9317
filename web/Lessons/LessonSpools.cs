using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Web.Hosting;

namespace Xunke.Web.Lessons;

/// <summary>The spools of the lessons that go on: one file each, in a folder of the data directory. A disk that fails costs them and nothing else.</summary>
internal sealed partial class LessonSpools(DataDirectory data, ILogger<LessonSpools> log) : IHealthCheck
{
    private const string Extension = ".spool";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _failing = [];

    private string Root => data.Combine("lessons");

    /// <summary>Writes what is new of a lesson.</summary>
    public void Keep(RoomLessons room, LessonInHand lesson)
    {
        try
        {
            Directory.CreateDirectory(Root, OwnerOnly);
            SpoolOf(lesson).Write(room, lesson);
            Tell(lesson.Id, fault: null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Tell(lesson.Id, fault);
        }
    }

    /// <summary>A lesson is over.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="delete">Whether it is on record, or not wanted. Otherwise the next start finds it.</param>
    public void Close(LessonInHand lesson, bool delete)
    {
        try
        {
            SpoolOf(lesson).Close(delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogUndeleted(fault, lesson.Id);
        }

        lock (_gate)
        {
            _failing.Remove(lesson.Id);
        }
    }

    /// <summary>What the end of the server left, newest first. What cannot be read is deleted: nothing can be made of it.</summary>
    public IReadOnlyList<SpooledLesson> ReadAll()
    {
        var found = new List<SpooledLesson>();
        foreach (string path in Files())
        {
            try
            {
                if (LessonSpool.Read(path) is { } lesson)
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

    /// <summary>Deletes spools that nobody has written to since a time: they go with the lessons of that time.</summary>
    public void DeleteOlderThan(DateTimeOffset limit)
    {
        foreach (string path in Files().Where(path => File.GetLastWriteTimeUtc(path) < limit.UtcDateTime))
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

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_failing.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("lessons that go on cannot be written down; a crash would cost them"));
        }
    }

    private IReadOnlyList<string> Files() => Directory.Exists(Root) ? Directory.GetFiles(Root, "*" + Extension) : [];

    private LessonSpool SpoolOf(LessonInHand lesson)
    {
        lock (_gate)
        {
            if (lesson.Spool is null)
            {
                lesson.Spool = new LessonSpool(
                    Path.Combine(Root, lesson.Id + Extension),
                    new SpoolHead(lesson.Id, lesson.Room.RoomId, lesson.Room.SchoolId, lesson.Room.Enrolled, lesson.From, lesson.Limit));
            }

            return lesson.Spool;
        }
    }

    /// <summary>A full disk concerns all lessons, and is told once.</summary>
    private void Tell(Guid lessonId, Exception? fault)
    {
        lock (_gate)
        {
            bool before = _failing.Count > 0;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} holds no lesson that can be read")]
    private partial void LogUnreadable(Exception? fault, string path);
}
