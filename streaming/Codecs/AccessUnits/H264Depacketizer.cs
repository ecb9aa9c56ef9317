using System.Buffers.Binary;

namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>
/// H.264 by RFC 6184 in packetization modes 0 and 1: single NAL unit packets, STAP-A and FU-A, joined into Annex B.
/// The interleaved kinds (STAP-B, MTAP, FU-B) belong to mode 2, which is never negotiated, and are refused.
/// </summary>
internal sealed class H264Depacketizer : IDepacketizer
{
    private const int StapA = 24;
    private const int FuA = 28;
    private readonly H264ParameterSets _parameterSets = new();
    private int _fragmentType;
    private int _fragmentStart;
    private bool _hasSlice;
    private bool _canStart;
    private bool _hasSequenceSet;
    private bool _hasPictureSet;

    /// <summary>Annex B start code.</summary>
    public static ReadOnlySpan<byte> StartCode => [0, 0, 0, 1];

    /// <inheritdoc />
    public bool StartsPicture(ReadOnlySpan<byte> payload)
    {
        var type = H264Nal.TypeOf(payload[0]);
        return type switch
        {
            StapA => payload.Length > 4 && H264Nal.OpensPicture(H264Nal.TypeOf(payload[3]), payload[4]),
            FuA => payload.Length > 2 && IsFirstFragment(payload[1]) && H264Nal.OpensPicture(H264Nal.TypeOf(payload[1]), payload[2]),
            _ => payload.Length > 1 && H264Nal.OpensPicture(type, payload[1]),
        };
    }

    /// <inheritdoc />
    public bool TryAppend(ReadOnlySpan<byte> payload, AccessUnit unit)
    {
        var type = H264Nal.TypeOf(payload[0]);
        if (type == FuA)
        {
            return TryAppendFragment(payload, unit);
        }

        // Section 5.8: the fragments of a NAL unit follow each other with nothing between.
        if (_fragmentType != 0)
        {
            return false;
        }

        return type == StapA ? TryAppendAggregate(payload[1..], unit) : TryAppendNal(payload, unit);
    }

    /// <inheritdoc />
    public UnitContent Finish(AccessUnit unit)
    {
        var content = _fragmentType != 0 ? UnitContent.Damaged : _hasSlice ? UnitContent.Picture : UnitContent.NoPicture;
        if (content == UnitContent.Picture && _canStart && _parameterSets.AreComplete)
        {
            unit.IsKey = true;
            if (!_hasSequenceSet || !_hasPictureSet)
            {
                _parameterSets.PrependTo(unit);
            }
        }

        Abandon();
        return content;
    }

    /// <inheritdoc />
    public void Abandon()
    {
        _fragmentType = 0;
        _hasSlice = false;
        _canStart = false;
        _hasSequenceSet = false;
        _hasPictureSet = false;
    }

    private bool TryAppendAggregate(ReadOnlySpan<byte> rest, AccessUnit unit)
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            if (rest.Length < 2)
            {
                return false;
            }

            var size = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (size == 0 || size > rest.Length - 2 || !TryAppendNal(rest.Slice(2, size), unit))
            {
                return false;
            }

            rest = rest[(2 + size)..];
        }

        return true;
    }

    private bool TryAppendFragment(ReadOnlySpan<byte> payload, AccessUnit unit)
    {
        if (payload.Length < 3)
        {
            return false;
        }

        var type = H264Nal.TypeOf(payload[1]);
        if (IsFirstFragment(payload[1]))
        {
            if (_fragmentType != 0 || type is 0 or > H264Nal.SingleLast || IsForbidden(payload[0]))
            {
                return false;
            }

            _fragmentType = type;
            unit.Append(StartCode);
            _fragmentStart = unit.Length;
            // Section 5.8: the NAL unit header is the indicator's F and NRI with the fragment header's type.
            unit.Append([(byte)((payload[0] & 0xE0) | type)]);
        }
        else if (_fragmentType == 0 || _fragmentType != type)
        {
            return false;
        }

        unit.Append(payload[2..]);
        if (IsLastFragment(payload[1]))
        {
            _fragmentType = 0;
            Learn(unit, _fragmentStart);
        }

        return true;
    }

    private bool TryAppendNal(ReadOnlySpan<byte> nal, AccessUnit unit)
    {
        if (H264Nal.TypeOf(nal[0]) is 0 or > H264Nal.SingleLast || IsForbidden(nal[0]))
        {
            return false;
        }

        unit.Append(StartCode);
        var start = unit.Length;
        unit.Append(nal);
        Learn(unit, start);
        return true;
    }

    private void Learn(AccessUnit unit, int start)
    {
        var nal = unit.Data[start..];
        var type = H264Nal.TypeOf(nal[0]);
        _hasSlice |= H264Nal.IsSlice(type);
        switch (type)
        {
            case H264Nal.Idr:
                _canStart = true;
                break;
            case H264Nal.SequenceParameterSet:
                _hasSequenceSet = true;
                _parameterSets.Keep(nal);
                break;
            case H264Nal.PictureParameterSet:
                _hasPictureSet = true;
                _parameterSets.Keep(nal);
                break;
            case H264Nal.Sei when H264Nal.HasRecoveryPoint(nal):
                // Publishers with intra refresh send no IDR after the first; a recovery point is where to start then.
                _canStart = true;
                break;
            case H264Nal.Sei or H264Nal.FillerData:
                // Neither changes a pixel, and cameras put malformed messages there that a strict decoder stops at.
                unit.Truncate(start - StartCode.Length);
                break;
        }
    }

    private static bool IsForbidden(byte header) => (header & 0x80) != 0;

    private static bool IsFirstFragment(byte fragmentHeader) => (fragmentHeader & 0x80) != 0;

    private static bool IsLastFragment(byte fragmentHeader) => (fragmentHeader & 0x40) != 0;
}
