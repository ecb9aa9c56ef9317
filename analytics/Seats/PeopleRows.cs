using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Seats;

/// <summary>
/// Learns in which rows of a room's pictures people are, so that the wall above them need not be looked at. The whole
/// picture is looked at for the first seconds and every few seconds after, which finds whoever has come or stands up
/// elsewhere. Not thread-safe.
/// </summary>
public sealed class PeopleRows
{
    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WholeEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(30);

    /// <summary>A raised arm reaches two shoulder widths above the shoulders; the head of a standing pupil, two and a half.</summary>
    private const float AboveShoulders = 2.8f;

    private const float BelowBox = 0.2f;

    private DateTimeOffset? _begun;
    private DateTimeOffset _lastWhole;
    private DateTimeOffset _stretchBegun;
    private int _height;
    private RowBand? _past;
    private RowBand? _present;

    /// <summary>The rows to look at in the next picture; null for the whole picture.</summary>
    public RowBand? Next(DateTimeOffset at, int height)
    {
        if (_begun is null || height != _height || at < _lastWhole)
        {
            (_begun, _stretchBegun, _height, _past, _present) = (at, at, height, null, null);
        }

        RowBand? band = Union(_past, _present);
        if (at - _begun < Learning || at - _lastWhole >= WholeEvery || band is null)
        {
            _lastWhole = at;
            return null;
        }

        return band;
    }

    public void Learn(DateTimeOffset at, IReadOnlyList<Pose> poses)
    {
        if (at - _stretchBegun >= Stretch)
        {
            (_past, _present, _stretchBegun) = (_present, null, at);
        }

        foreach (Pose pose in poses)
        {
            var body = Body.Of(pose);
            int top = Math.Clamp((int)(body.Y - (AboveShoulders * body.Scale)), 0, _height - 1);
            int bottom = Math.Clamp((int)MathF.Ceiling(body.Bottom + (BelowBox * body.Scale)), top + 1, _height);
            _present = Union(_present, new RowBand(top, bottom));
        }
    }

    private static RowBand? Union(RowBand? a, RowBand? b) =>
        a is not { } one ? b : b is not { } other ? a : new RowBand(Math.Min(one.Top, other.Top), Math.Max(one.Bottom, other.Bottom));
}
