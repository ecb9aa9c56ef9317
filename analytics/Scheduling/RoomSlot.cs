using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Stills;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>One room's place in the rota: one picture, and what was learnt of the room. Guarded by the queue's lock.</summary>
internal sealed class RoomSlot(string roomId, RoomObserver observer)
{
    private readonly TamperWatch _view = new();
    private readonly PeopleRows _rows = new();
    private readonly HeadPlaces _heads = new();

    public string RoomId { get; } = roomId;

    /// <summary>Touched only by the worker that has the room in hand.</summary>
    public RoomObserver Observer { get; } = observer;

    public RgbFrame? Waiting { get; set; }

    /// <summary>When a picture last came, on the scheduler's clock.</summary>
    public TimeSpan LastSubmitted { get; set; }

    public TimeSpan Due { get; set; }

    /// <summary>A worker has the room in hand. A room is never in two hands, so its samples stay in order.</summary>
    public bool InHand { get; set; }

    public bool Visited { get; set; }

    /// <summary>The last picture of this room was lost to an exception; only the first of a run is logged.</summary>
    public bool Failing { get; set; }

    /// <summary>Analyses one picture of the room. Only for the worker that has the room in hand.</summary>
    public BehaviourSample Look(IPoseEstimator estimator, RgbFrame frame, TimeSpan interval, Fineness fineness)
    {
        Tamper tamper = _view.Look(frame);
        IReadOnlyList<Pose> poses = tamper.HidesClass()
            ? []
            : estimator.Estimate(frame, _rows.Next(frame.CapturedAt, frame.Height), fineness);
        _rows.Learn(frame.CapturedAt, poses);
        _heads.Learn(frame, poses);
        return Observer.Observe(frame.CapturedAt, interval, frame.Width, frame.Height, poses, tamper);
    }

    /// <summary>A still of a picture that was just analysed, before the next is. Only for the worker that has the room in hand.</summary>
    public Still MakeStill(RgbFrame frame) => StillMaker.Make(frame, _heads, Observer.SeatHeads());
}
