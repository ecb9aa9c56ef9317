namespace Xunke.Streaming.Codecs;

/// <summary>The payload descriptor before each piece of a VP8 picture (RFC 7741 4.2).</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="StartsPicture">Whether the picture's first partition begins here.</param>
/// <param name="TemporalLayer">0 for the pictures that all others lean on, and for streams without layers; up to 3.</param>
/// <param name="StartsLayer">Whether the picture leans on pictures of layer 0 alone, so that its layer can be taken up here.</param>
internal readonly record struct Vp8Descriptor(int Length, bool StartsPicture, int TemporalLayer, bool StartsLayer)
{
    /// <summary>Whether a picture's first partition begins with a payload, by its first byte alone: the rest may be cut off.</summary>
    public static bool Starts(byte first) => (first & 0x10) != 0 && (first & 0x07) == 0;

    /// <summary>Reads the descriptor.</summary>
    /// <param name="payload">An RTP payload of any content.</param>
    /// <returns>False when the descriptor is cut off or nothing follows it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Vp8Descriptor descriptor)
    {
        descriptor = default;
        if (payload.Length < 2)
        {
            return false;
        }

        var length = 1;
        var layer = 0;
        var sync = false;
        if ((payload[0] & 0x80) != 0)
        {
            var (hasPicture, hasBaseIndex, hasLayer, hasKeyIndex) =
                ((payload[1] & 0x80) != 0, (payload[1] & 0x40) != 0, (payload[1] & 0x20) != 0, (payload[1] & 0x10) != 0);
            length = 2;
            if (hasPicture && length < payload.Length)
            {
                length += (payload[length] & 0x80) != 0 ? 2 : 1;
            }

            length += hasBaseIndex ? 1 : 0;
            if (hasLayer && length < payload.Length)
            {
                (layer, sync) = (payload[length] >> 6, (payload[length] & 0x20) != 0);
            }

            // One byte holds the layer, its synchronisation and the key index together.
            length += hasLayer || hasKeyIndex ? 1 : 0;
        }

        descriptor = new Vp8Descriptor(length, Starts(payload[0]), layer, sync);
        return payload.Length > length;
    }
}
