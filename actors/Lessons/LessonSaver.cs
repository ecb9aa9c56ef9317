using Microsoft.Extensions.Logging;

namespace Xunke.Actors.Lessons;

/// <summary>Puts a room's lessons on record: off its actor's thread, and not with all other rooms at once.</summary>
internal sealed partial class LessonSaver(string roomId, LessonServices services, ILogger log)
{
    private readonly LessonSetup _options = services.Options;

    /// <summary>Whether a lesson is worth keeping.</summary>
    public bool IsLongEnough(LessonInHand lesson) => lesson.To - lesson.Head.From >= _options.Rules.Shortest;

    /// <summary>Puts one on record that goes on.</summary>
    /// <returns>Whether it is on record.</returns>
    public Task<bool> SaveAsync(Lesson record) => InTurnAsync(() => _options.Records.TrySaveAsync(record, freeze: false));

    /// <summary>Puts one on record that has ended, with its snapshot and stills, once it is heard out.</summary>
    /// <param name="ended">The lesson.</param>
    /// <param name="before">What is still being written of it.</param>
    /// <returns>Whether it is on record, or was too short to be kept.</returns>
    public async Task<bool> SaveAsync(EndedLesson ended, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.HearOutAsync(_options.Spools, fault => LogUnheard(fault, roomId)).ConfigureAwait(false);
        return !IsLongEnough(ended.Lesson)
            || await InTurnAsync(() => _options.Records.TrySaveAsync(
                ended.Record, freeze: !ended.MayGoOn, () => _options.Spools.Stills.Of(ended.Lesson.Head.Id))).ConfigureAwait(false);
    }

    private async Task<bool> InTurnAsync(Func<Task<bool>> saveAsync)
    {
        await services.Turns.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(saveAsync).ConfigureAwait(false);
        }
        finally
        {
            services.Turns.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was heard in room {RoomId} is lost; the lesson is kept without it")]
    private partial void LogUnheard(Exception fault, string roomId);
}
