namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Whether a camera's view supports the rules, smoothed over the last looks. It does not from behind, where the model draws
/// faces on the backs of heads, and not where few faces are seen. Not thread-safe.
/// </summary>
internal sealed class ViewQuality
{
    private const float Smoothing = 0.1f;

    /// <summary>The class must face the camera at least by this much more than it faces away.</summary>
    private const float FacingNeeded = 0.3f;

    /// <summary>The share of seated people whose head's position must be readable.</summary>
    private const float HeadsNeeded = 0.4f;

    private float? _readable;

    /// <summary>Most of the class turns its back to the camera, or its side.</summary>
    public bool FromBehind { get; private set; }

    /// <summary>The figures of this view deserve little trust.</summary>
    public bool Low { get; private set; }

    /// <param name="facing">Which way the class looks, 1 to the camera, -1 away from it.</param>
    public void Add(float facing, int people, int heads)
    {
        if (people > 0)
        {
            float share = (float)heads / people;
            _readable = _readable is { } before ? before + Smoothing * (share - before) : share;
        }

        FromBehind = _readable is not null && facing < FacingNeeded;
        Low = FromBehind || _readable < HeadsNeeded;
    }
}
