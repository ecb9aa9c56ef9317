namespace Xunke.Streaming.Decoding;

/// <summary>The codes of <see cref="IDecodedFrameSink.OnDecodeFault"/>.</summary>
public static class DecodeFaults
{
    /// <summary>The publisher sends video that its codec's decoder refuses.</summary>
    public const string CannotDecode = "cannot-decode";
}
