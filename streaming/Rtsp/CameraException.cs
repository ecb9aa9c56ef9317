namespace Xunke.Streaming.Rtsp;

/// <summary>A camera cannot be shown.</summary>
internal sealed class CameraException : Exception
{
    /// <summary>A fault.</summary>
    /// <param name="fault">One of <see cref="CameraFaults"/>.</param>
    /// <param name="detail">What there is to say beyond the code, in few words and without secrets; or null.</param>
    public CameraException(string fault, string? detail = null, Exception? cause = null)
        : base(fault, cause) => (Fault, Detail, Loggable) = (fault, detail, detail);

    public string Fault { get; }

    public string? Detail { get; }

    /// <summary>What of the detail may be logged: paths of addresses may not.</summary>
    public string? Loggable { get; init; }
}
