namespace Xunke.Streaming.Sdp;

/// <summary>An SDP text that is malformed, too large, or that this edge cannot answer. The message says why in plain words.</summary>
public sealed class SdpException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, fit to be shown to the one who sent the SDP; it holds no secret of it.</param>
    public SdpException(string message)
        : base(message)
    {
    }
}
