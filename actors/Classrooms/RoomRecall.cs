using Xunke.Actors.Live;

namespace Xunke.Actors.Classrooms;

/// <summary>What one instance of a room's actor takes over from before, and saves for after.</summary>
internal sealed class RoomRecall(MemoryKeeper keeper)
{
    private ClassroomMemory? _before;
    private bool _unsaved;

    /// <summary>Reads what was saved last.</summary>
    public Task<ClassroomMemory?> LoadAsync() => keeper.LoadAsync();

    /// <summary>Takes over the chart, and keeps the rest until the room's state is known.</summary>
    public void Restore(ClassroomMemory? memory, ClassroomFigures figures)
    {
        if (memory is not null)
        {
            figures.RestoreChart(memory);
            _before = memory;
        }
    }

    /// <summary>The room enters a state.</summary>
    /// <returns>Since when it has been in it, where the actor restarted and the room did not; else null.</returns>
    public DateTimeOffset? Enter(ClassroomState state, string? publisher, ClassroomFigures figures)
    {
        var before = _before;
        _before = null;
        if (before is null || before.State != state || before.SessionId != publisher)
        {
            return null;
        }

        figures.RestoreFigures(before);
        return before.StateSince;
    }

    /// <summary>There is something to save.</summary>
    public void Changed() => _unsaved = true;

    /// <summary>
    /// Saves, where there is something to save. Not waited for: the keeper saves in order, and says itself what goes wrong.
    /// </summary>
    public void Save(ClassroomState state, DateTimeOffset since, string? publisher, ClassroomFigures figures, DateTimeOffset now)
    {
        if (_unsaved)
        {
            _unsaved = false;
            keeper.Save(new ClassroomMemory(
                publisher, state, since, figures.HeadUpRate, figures.Participation,
                ClassroomMemory.Pack(figures.ChartSince(DateTimeOffset.MinValue, now))));
        }
    }
}
