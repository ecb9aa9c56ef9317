namespace Xunke.Web.Lessons;

/// <summary>Writes down what is new of every lesson that goes on, every two seconds: that is what a crash costs.</summary>
internal sealed partial class LessonSpooler(LessonKeeper lessons, LessonSpools spools, TimeProvider time, ILogger<LessonSpooler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                KeepAll();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void KeepAll()
    {
        foreach (RoomLessons room in lessons.Rooms)
        {
            try
            {
                if (room.Current is { } lesson)
                {
                    spools.Keep(room, lesson);
                }
            }
            catch (Exception bug)
            {
                // One room's lesson must not keep the others' from being written.
                LogBug(bug);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A lesson cannot be written down")]
    private partial void LogBug(Exception bug);
}
