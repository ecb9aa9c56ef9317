namespace Xunke.Streaming;

/// <summary>The audio codecs that the edge forwards.</summary>
public enum AudioCodec
{
    /// <summary>No audio is published.</summary>
    None,

    /// <summary>Opus in RTP by RFC 7587, 48 kHz.</summary>
    Opus,

    /// <summary>Sound is there, but in no codec that browsers play from WebRTC; it is not forwarded.</summary>
    Unplayable,
}
