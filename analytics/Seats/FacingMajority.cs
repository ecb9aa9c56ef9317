namespace Xunke.Analytics.Seats;

/// <summary>
/// Which way the class looks, smoothed over the last people seen. A class in front of a camera above the board faces it; from
/// a rear camera one sees backs. Not thread-safe.
/// </summary>
internal sealed class FacingMajority
{
    /// <summary>From this product of two facings on, two people clearly look the same way or opposite ways.</summary>
    public const float Clear = 0.3f;

    /// <summary>People counted in the majority: several looks, so that one look's errors do not turn it.</summary>
    private const float Memory = 200;

    private float _sum;
    private float _weight;

    /// <summary>From 1 (all face the camera) to -1 (all turn their backs to it); 0 before anybody was seen.</summary>
    public float Value => _weight > 0 ? _sum / _weight : 0;

    public void Add(IReadOnlyList<Body> bodies)
    {
        foreach (Body body in bodies)
        {
            // People seen sideways do not tell where the camera is.
            if (body.HasShoulders && MathF.Abs(body.Facing) >= Clear)
            {
                _sum += MathF.Sign(body.Facing);
                _weight++;
            }
        }

        if (_weight > Memory)
        {
            _sum *= Memory / _weight;
            _weight = Memory;
        }
    }
}
