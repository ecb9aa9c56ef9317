namespace Xunke.Streaming;

/// <summary>The video codecs that the edge forwards, decodes and records. The values are stored: they never change.</summary>
public enum VideoCodec
{
    /// <summary>No video is published.</summary>
    None = 0,

    /// <summary>H.264 in RTP by RFC 6184, packetization mode 1.</summary>
    H264 = 1,

    /// <summary>VP8 in RTP by RFC 7741.</summary>
    Vp8 = 2,
}
