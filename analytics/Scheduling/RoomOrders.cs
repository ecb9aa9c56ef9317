using System.Collections.Concurrent;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Overlays;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>What is asked of rooms from outside, carried out with a room's next look. All members may be called from any thread.</summary>
public sealed class RoomOrders
{
    private readonly ConcurrentDictionary<string, RoomAreas> _areas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _relearn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RoomPicture>> _pictures = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _stills = new(StringComparer.Ordinal);

    internal RoomOrders()
    {
    }

    /// <summary>From the next look on, a room has these areas; null for none.</summary>
    public void SetAreas(string roomId, RoomAreas? areas)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        if (areas is null)
        {
            _areas.TryRemove(roomId, out _);
        }
        else
        {
            _areas[roomId] = areas;
        }
    }

    /// <summary>With the next look a room's seats are learnt anew.</summary>
    public void Relearn(string roomId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        _relearn[roomId] = true;
    }

    /// <summary>A room's next analysed picture with everybody hidden. Everyone who asks before it comes gets the same.</summary>
    public Task<RoomPicture> NextPictureAsync(string roomId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        return _pictures.GetOrAdd(roomId, _ => new TaskCompletionSource<RoomPicture>(TaskCreationOptions.RunContinuationsAsynchronously))
            .Task.WaitAsync(cancellationToken);
    }

    /// <summary>A still is made of a room's next picture that shows the class; the sink gets it. Asked twice it is one.</summary>
    public void WantStill(string roomId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        _stills[roomId] = true;
    }

    /// <summary>No still is made of a room any more.</summary>
    public void DropStill(string roomId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        _stills.TryRemove(roomId, out _);
    }

    /// <summary>Whether a still is to be made of this picture; it is the last one that is asked so until somebody wants another.</summary>
    internal bool TakeStill(string roomId, BehaviourSample sample) => !sample.Tamper.HidesClass() && _stills.TryRemove(roomId, out _);

    internal void Prepare(string roomId, RoomObserver observer)
    {
        observer.Areas = _areas.GetValueOrDefault(roomId);
        if (_relearn.TryRemove(roomId, out _))
        {
            observer.Relearn();
        }
    }

    internal void Deliver(string roomId, RgbFrame frame, BehaviourSample sample)
    {
        if (_pictures.TryRemove(roomId, out TaskCompletionSource<RoomPicture>? asked))
        {
            asked.TrySetResult(new RoomPicture(frame.Width, frame.Height, Overlay.Hide(frame, sample.People), frame.CapturedAt));
        }
    }
}
