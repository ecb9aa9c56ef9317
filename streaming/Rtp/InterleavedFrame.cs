namespace Xunke.Streaming.Rtp;

/// <summary>A packet between the messages of an RTSP connection (RFC 2326 10.12): a dollar sign, the channel, two bytes of length, the
/// packet.</summary>
internal static class InterleavedFrame
{
    /// <summary>What comes before the packet, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Reads the first of some frames.</summary>
    /// <returns>False when they do not begin with a whole frame.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frames, out byte channel, out ReadOnlySpan<byte> packet)
    {
        channel = 0;
        packet = default;
        if (frames.Length < HeaderLength || frames[0] != '$')
        {
            return false;
        }

        var length = (frames[2] << 8) | frames[3];
        if (frames.Length < HeaderLength + length)
        {
            return false;
        }

        channel = frames[1];
        packet = frames.Slice(HeaderLength, length);
        return true;
    }
}
