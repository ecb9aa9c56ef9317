namespace Xunke.Streaming.Decoding.AccessUnits;

/// <summary>VP8 by RFC 7741: strips the payload descriptor and joins the partitions of a frame.</summary>
internal sealed class Vp8Depacketizer : IDepacketizer
{
    private bool _started;

    /// <inheritdoc />
    public bool StartsPicture(ReadOnlySpan<byte> payload) => IsFrameStart(payload[0]);

    /// <inheritdoc />
    public bool TryAppend(ReadOnlySpan<byte> payload, AccessUnit unit)
    {
        if (!TryReadDescriptor(payload, out var length))
        {
            return false;
        }

        var data = payload[length..];
        if (IsFrameStart(payload[0]))
        {
            if (_started)
            {
                return false;
            }

            _started = true;
            // RFC 7741 section 4.3: the inverse key frame flag is the lowest bit of the first payload byte.
            unit.IsKey = (data[0] & 0x01) == 0;
        }

        unit.Append(data);
        return _started;
    }

    /// <inheritdoc />
    public UnitContent Finish(AccessUnit unit)
    {
        var whole = _started;
        _started = false;
        return whole ? UnitContent.Picture : UnitContent.Damaged;
    }

    /// <inheritdoc />
    public void Abandon() => _started = false;

    /// <summary>Measures the payload descriptor of RFC 7741 section 4.2.</summary>
    /// <param name="payload">The RTP payload.</param>
    /// <param name="length">Length of the descriptor in bytes.</param>
    /// <returns>False when the descriptor is cut off or nothing follows it.</returns>
    internal static bool TryReadDescriptor(ReadOnlySpan<byte> payload, out int length)
    {
        length = 1;
        if ((payload[0] & 0x80) != 0)
        {
            if (payload.Length < 2)
            {
                return false;
            }

            var extensions = payload[1];
            length = 2;
            if ((extensions & 0x80) != 0)
            {
                if (payload.Length <= length)
                {
                    return false;
                }

                length += (payload[length] & 0x80) != 0 ? 2 : 1;
            }

            length += (extensions & 0x40) != 0 ? 1 : 0;
            // One byte holds TID, Y and KEYIDX together, present when either T or K is set.
            length += (extensions & 0x30) != 0 ? 1 : 0;
        }

        return payload.Length > length;
    }

    private static bool IsFrameStart(byte first) => (first & 0x10) != 0 && (first & 0x07) == 0;
}
