using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Classrooms;

/// <summary>
/// What is wrong with a camera's view, told once it has lasted and until it has been gone for as long: neither somebody who
/// passes the lens nor one clear picture makes a tile flicker. Not thread-safe.
/// </summary>
internal sealed class ViewTrouble
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long it is told that a camera was moved: it takes about as long to know the new seats and to fill the figures' window.
    /// </summary>
    private static readonly TimeSpan TellMoved = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _changingSince;
    private DateTimeOffset? _moved;
    private bool _hidden;

    /// <summary>One of <see cref="RoomFaults"/>, or null where nothing is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes a sample in.</summary>
    public void Take(BehaviourSample sample)
    {
        var hides = sample.Tamper.HidesClass();
        if (hides == _hidden)
        {
            _changingSince = null;
        }
        else if (sample.At - (_changingSince ??= sample.At) >= Lasting)
        {
            _hidden = hides;
            _changingSince = null;
        }

        _moved = sample.Tamper == Tamper.Moved ? sample.At : _moved;
        Fault = !_hidden ? sample.At - _moved < TellMoved ? RoomFaults.ViewMoved : null
            : hides ? Code(sample.Tamper)
            : Fault;
    }

    /// <summary>The pictures begin again: what was wrong before says nothing.</summary>
    public void Clear()
    {
        (_changingSince, _moved, _hidden, Fault) = (null, null, false, null);
    }

    private static string Code(Tamper tamper) => tamper switch
    {
        Tamper.Dark => RoomFaults.ViewDark,
        Tamper.Covered => RoomFaults.ViewCovered,
        Tamper.Blurred => RoomFaults.ViewBlurred,
        _ => RoomFaults.ViewFrozen,
    };
}
