using Microsoft.Extensions.Logging;
using Xunke.Analytics.Stills;

namespace Xunke.Actors.Lessons;

/// <summary>
/// The stills of the lessons that go on: a file for each lesson, beside its spool. A disk that fails costs stills and nothing else. All
/// members may be called from any thread.
/// </summary>
/// <param name="root">The folder; it is made when it is needed.</param>
/// <param name="isOn">Whether stills are kept.</param>
/// <param name="log">Gets faults of the disk.</param>
internal sealed partial class StillSpools(string root, bool isOn, ILogger log)
{
    private const string Extension = ".stills";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Begins to write down a still of a lesson.</summary>
    /// <returns>Whether the disk took it.</returns>
    public Task<bool> KeepAsync(LessonInHand lesson, Still still)
    {
        var spool = lesson.Stills ??= new StillSpool(PathOf(lesson.Head.Id));
        return Task.Run(() => TryDo(spool.Path, _ =>
        {
            Directory.CreateDirectory(root, OwnerOnly);
            spool.Keep(still);
        }));
    }

    /// <summary>The stills that were written down of a lesson, in order; none where they cannot be read.</summary>
    public IReadOnlyList<Still> Of(Guid lessonId)
    {
        IReadOnlyList<Still> stills = [];
        if (isOn)
        {
            TryDo(PathOf(lessonId), path => stills = StillSpool.Read(path));
        }

        return stills;
    }

    /// <summary>A lesson is over: nothing more is written of it.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="delete">Whether it is on record, or not wanted. Otherwise the next start finds its stills.</param>
    public void Close(LessonInHand lesson, bool delete)
    {
        lesson.Stills?.Close();
        if (delete)
        {
            // Also those that an earlier start wrote.
            TryDo(PathOf(lesson.Head.Id), File.Delete);
        }
    }

    /// <summary>Deletes the stills of all lessons but some: nobody goes on with the others.</summary>
    public void DeleteAllBut(IReadOnlySet<Guid> lessons)
    {
        foreach (var path in Files().Where(path => !isOn || !IsOf(lessons, path)))
        {
            TryDo(path, File.Delete);
        }
    }

    /// <summary>Deletes stills that nobody has added to since a time.</summary>
    public void DeleteOlderThan(DateTimeOffset limit)
    {
        foreach (var path in Files().Where(path => File.GetLastWriteTimeUtc(path) < limit.UtcDateTime))
        {
            TryDo(path, File.Delete);
        }
    }

    private static bool IsOf(IReadOnlySet<Guid> lessons, string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal)
        && Guid.TryParse(Path.GetFileNameWithoutExtension(path), out var lesson) && lessons.Contains(lesson);

    private string PathOf(Guid lessonId) => Path.Combine(root, lessonId + Extension);

    /// <summary>With those that were written in part only.</summary>
    private IReadOnlyList<string> Files() => Directory.Exists(root) ? Directory.GetFiles(root, $"*{Extension}*") : [];

    private bool TryDo(string path, Action<string> act)
    {
        try
        {
            act(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // There is nothing to read or delete.
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogFailed(fault, path);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stills in {Path} cannot be written, read or deleted; the lesson goes on without them")]
    private partial void LogFailed(Exception fault, string path);
}
