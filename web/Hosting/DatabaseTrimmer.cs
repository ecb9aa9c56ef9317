using Xunke.Actors.Records;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Hosting;

/// <summary>
/// Gives the space of deleted rows back to the disk, a megabyte at a time with a pause after each, so that nobody waits for
/// it, and empties the write-ahead log, which would keep their bytes.
/// </summary>
internal sealed class DatabaseTrimmer(DataDirectory data, WorkGuard guard, TimeProvider time) : PeriodicWork(
    "database", TimeSpan.FromSeconds(15), guard, time)
{
    private const int PagesAtOnce = 256;
    private const int MostStepsAPass = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestLog = TimeSpan.FromMinutes(1);

    private long _emptiedAt = time.GetTimestamp();
    private bool _mustEmpty;

    private string Path => data.Combine(DatabaseFeature.FileName);

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        for (int step = 0; step < MostStepsAPass; step++)
        {
            (long freed, long left) = await SqliteFile.ShrinkAsync(Path, PagesAtOnce, cancellationToken);
            _mustEmpty |= freed > 0;
            if (freed <= 0 || left == 0)
            {
                break;
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }

        if (_mustEmpty || Time.GetElapsedTime(_emptiedAt) >= LongestLog)
        {
            _mustEmpty = !await SqliteFile.EmptyLogAsync(Path, cancellationToken);
            _emptiedAt = Time.GetTimestamp();
        }
    }
}
