namespace Xunke.Streaming.Codecs;

/// <summary>Recognises the packet with which a key frame starts.</summary>
internal static class KeyFrame
{
    private const int NalIdr = 5;
    private const int NalSequenceParameters = 7;
    private const int NalAggregate = 24;
    private const int NalFragment = 28;

    /// <summary>Whether a decoder can start at this RTP payload.</summary>
    public static bool StartsIn(VideoCodec codec, ReadOnlySpan<byte> payload) => codec switch
    {
        VideoCodec.H264 => StartsInH264(payload),
        VideoCodec.Vp8 => StartsInVp8(payload),
        _ => false,
    };

    // RFC 6184 5.2: a picture that can be decoded alone starts with its sequence parameter set, or with the IDR slice
    // itself where the parameter sets came earlier.
    private static bool StartsInH264(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return false;
        }

        switch (payload[0] & 0x1F)
        {
            case NalIdr or NalSequenceParameters:
                return true;
            case NalAggregate:
                for (var rest = payload[1..]; rest.Length >= 3;)
                {
                    var length = (rest[0] << 8) | rest[1];
                    if ((rest[2] & 0x1F) is NalIdr or NalSequenceParameters)
                    {
                        return true;
                    }

                    if (2 + length > rest.Length)
                    {
                        return false;
                    }

                    rest = rest[(2 + length)..];
                }

                return false;
            case NalFragment:
                return payload.Length >= 2 && (payload[1] & 0x80) != 0 && (payload[1] & 0x1F) is NalIdr or NalSequenceParameters;
            default:
                return false;
        }
    }

    // RFC 7741 4.3: the inverse key frame flag is the lowest bit of the picture's first byte.
    private static bool StartsInVp8(ReadOnlySpan<byte> payload) =>
        Vp8Descriptor.TryRead(payload, out var descriptor) && descriptor.StartsPicture && (payload[descriptor.Length] & 0x01) == 0;
}
