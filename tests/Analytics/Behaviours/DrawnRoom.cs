using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>A drawn class of twelve in three rows, looked at once a second.</summary>
internal sealed class DrawnRoom
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly RoomObserver _observer = new();
    private DateTimeOffset _now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Who looks.</summary>
    public RoomObserver Observer => _observer;

    /// <summary>Who sits there; tests replace entries.</summary>
    public Figure[] Pupils { get; } =
    [
        .. from row in Enumerable.Range(0, 3)
           from column in Enumerable.Range(0, 4)
           select new Figure { X = 150 + column * 150, Y = 150 + row * 80, Width = 24 + row * 6 },
    ];

    /// <summary>Looks at the class as it sits.</summary>
    public BehaviourSample Look(params IEnumerable<Pose> others) => LookAt([.. Pupils.Select(pupil => pupil.Draw()), .. others]);

    /// <summary>Looks at exactly these people.</summary>
    public BehaviourSample LookAt(IReadOnlyList<Pose> poses, Tamper tamper = Tamper.None)
    {
        _now += Interval;
        return _observer.Observe(_now, Interval, 832, 468, poses, tamper);
    }

    /// <summary>The whole class sits down elsewhere, or so it seems.</summary>
    public void Shift(float x, float y)
    {
        for (int pupil = 0; pupil < Pupils.Length; pupil++)
        {
            Pupils[pupil] = Pupils[pupil] with { X = Pupils[pupil].X + x, Y = Pupils[pupil].Y + y };
        }
    }

    /// <summary>Looks so often at the class as it sits that its seats are known.</summary>
    public void Learn(int looks = 8)
    {
        for (int look = 0; look < looks; look++)
        {
            Look();
        }
    }

    /// <summary>Nobody looks for a while, as when the camera stalls.</summary>
    public void Pause(TimeSpan time) => _now += time;
}
