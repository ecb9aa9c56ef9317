namespace Xunke.Streaming.Decoding;

/// <summary>The codes of <see cref="IDecodedFrameSink.OnDecodeFault"/>.</summary>
public static class DecodeFaults
{
    /// <summary>The publisher sends video that its codec's decoder refuses.</summary>
    public const string CannotDecode = "cannot-decode";

    /// <summary>Video arrives, but no key frame to start at although one was asked for, or no worker is there to decode it.</summary>
    public const string NoPicture = "no-picture";
}
