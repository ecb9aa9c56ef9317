namespace Xunke.Streaming.Rtsp;

/// <summary>How long to wait before a camera is tried again.</summary>
/// <param name="random">0 up to 1: spreads the cameras of a school whose switch has come back.</param>
internal sealed class CameraBackoff(CameraOptions options, Func<double> random)
{
    private int _failures;

    /// <summary>Counts a failure.</summary>
    /// <param name="fault">One of <see cref="CameraFaults"/>.</param>
    /// <param name="lived">How long the camera had been live.</param>
    /// <returns>The wait: between half of the doubled one and the whole.</returns>
    public TimeSpan After(string fault, TimeSpan lived)
    {
        _failures = lived >= options.Sound ? 1 : _failures + 1;
        var longest = fault is CameraFaults.Unauthorized or CameraFaults.UnsupportedCodec or CameraFaults.BFrames or CameraFaults.NoVideo
                or CameraFaults.Redirect or CameraFaults.RedirectLoop or CameraFaults.RedirectLogin
            ? options.SettledRetry
            : TimeSpan.FromTicks(Math.Min(options.LongestRetry.Ticks, options.FirstRetry.Ticks << Math.Min(_failures - 1, 20)));
        return longest * (0.5 + (random() / 2));
    }
}
