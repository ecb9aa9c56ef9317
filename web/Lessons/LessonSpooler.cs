using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Lessons;

/// <summary>Writes down what is new of every lesson that goes on, every two seconds: that is what a crash costs.</summary>
internal sealed class LessonSpooler(LessonKeeper lessons, LessonSpools spools, WorkGuard guard, TimeProvider time)
    : PeriodicWork("lessons.spool", TimeSpan.FromSeconds(2), guard, time)
{
    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) => Each.DoAsync(
        lessons.Rooms,
        room =>
        {
            if (room.Current is { } lesson)
            {
                spools.Keep(room, lesson);
            }

            return Task.CompletedTask;
        },
        cancellationToken);
}
