namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>VP8 by RFC 7741: strips the payload descriptor and joins the partitions of a frame.</summary>
internal sealed class Vp8Depacketizer : IDepacketizer
{
    private bool _started;

    /// <inheritdoc />
    public bool StartsPicture(ReadOnlySpan<byte> payload) => Vp8Descriptor.Starts(payload[0]);

    /// <inheritdoc />
    public bool TryAppend(ReadOnlySpan<byte> payload, AccessUnit unit)
    {
        if (!Vp8Descriptor.TryRead(payload, out var descriptor))
        {
            return false;
        }

        var data = payload[descriptor.Length..];
        if (descriptor.StartsPicture)
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
}
