namespace Xunke.Streaming.Rtsp;

/// <summary>A camera cannot be shown.</summary>
/// <param name="fault">One of <see cref="CameraFaults"/>.</param>
/// <param name="detail">What there is to say beyond the code, in few words and without secrets; or null.</param>
internal sealed class CameraException(string fault, string? detail = null, Exception? cause = null)
    : Exception(detail is null ? fault : $"{fault}: {detail}", cause)
{
    public string Fault => fault;

    public string? Detail => detail;
}
