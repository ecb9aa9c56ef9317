namespace Xunke.Streaming;

/// <summary>The video codecs that the edge forwards and decodes.</summary>
public enum VideoCodec
{
    /// <summary>No video is published.</summary>
    None,

    /// <summary>H.264 in RTP by RFC 6184, packetization mode 1.</summary>
    H264,

    /// <summary>VP8 in RTP by RFC 7741.</summary>
    Vp8,
}
