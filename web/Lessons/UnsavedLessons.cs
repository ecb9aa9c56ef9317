using System.Collections.Concurrent;
using Xunke.Analytics.Speech;

namespace Xunke.Web.Lessons;

/// <summary>A lesson that has ended and could not be put on record yet.</summary>
internal sealed record UnsavedLesson(RoomLessons Room, LessonInHand Lesson, HeardLesson? Heard);

/// <summary>
/// The lessons that have ended while the database failed, in order. Beyond a number the oldest are left to their spools, and so to the next
/// start. Lessons may be added by several threads; one tries to save them.
/// </summary>
internal sealed class UnsavedLessons(TimeProvider time)
{
    /// <summary>A lesson takes up to half a megabyte.</summary>
    private const int Most = 300;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<UnsavedLesson> _waiting = new();
    private long _tried = time.GetTimestamp();

    /// <summary>Whether it is time to try again.</summary>
    public bool IsDue => _waiting.Count > 0 && time.GetElapsedTime(_tried) >= Interval;

    /// <summary>Adds a lesson.</summary>
    /// <returns>The lesson that is given up in its place, or null.</returns>
    public UnsavedLesson? Add(UnsavedLesson lesson)
    {
        _waiting.Enqueue(lesson);
        _tried = time.GetTimestamp();
        return _waiting.Count > Most && _waiting.TryDequeue(out UnsavedLesson? oldest) ? oldest : null;
    }

    /// <summary>Tries to save them in order, up to the first that fails.</summary>
    public async Task TryAsync(Func<UnsavedLesson, Task<bool>> save)
    {
        _tried = time.GetTimestamp();
        while (_waiting.TryPeek(out UnsavedLesson? oldest) && await save(oldest))
        {
            _waiting.TryDequeue(out _);
        }
    }
}
