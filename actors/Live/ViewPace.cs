namespace Xunke.Actors.Live;

/// <summary>Keeps views apart: at most one in an interval.</summary>
/// <param name="time">The clock.</param>
/// <param name="interval">Shortest time between two.</param>
internal sealed class ViewPace(TimeProvider time, TimeSpan interval)
{
    private long? _last;

    /// <summary>How long the next one has to wait; zero or less where it may go.</summary>
    public TimeSpan Wait => _last is { } last ? interval - time.GetElapsedTime(last) : TimeSpan.Zero;

    /// <summary>One goes out now.</summary>
    public void Mark() => _last = time.GetTimestamp();
}
