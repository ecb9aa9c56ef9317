namespace Xunke.Streaming;

/// <summary>What a publisher sends into its room.</summary>
/// <param name="VideoCodec">The negotiated video codec, or <see cref="VideoCodec.None"/> when no video is sent.</param>
/// <param name="AudioCodec">The negotiated audio codec, <see cref="AudioCodec.None"/> when no audio is sent, or
/// <see cref="AudioCodec.Unplayable"/> when it is not taken.</param>
public sealed record MediaDescription(VideoCodec VideoCodec, AudioCodec AudioCodec)
{
    /// <summary>The names of the codecs of audio that is not taken, such as "PCMU, PCMA"; else empty.</summary>
    public string RefusedAudio { get; init; } = string.Empty;
}
