using Xunke.Streaming.Codecs;

namespace Xunke.Streaming.Client;

/// <summary>Cuts access units into RTP payloads in non-interleaved mode (RFC 6184 sections 5.6 to 5.8). Allocates nothing.</summary>
/// <param name="configuration">How the access units are framed, and the parameter sets to send before key frames.</param>
internal sealed class H264Packetizer(H264Configuration configuration)
{
    /// <summary>The longest payload made, in bytes: leaves room for headers, extension and tag in a 1200-byte datagram.</summary>
    public const int LongestPayload = 1150;

    private const byte KeySliceType = 5;
    private const byte SequenceSetType = 7;
    private const byte DelimiterType = 9;
    private const byte FillerType = 12;
    private const byte FragmentType = 28;
    private const int FragmentHeaderLength = 2;
    private const byte FragmentStart = 0x80;
    private const byte FragmentEnd = 0x40;

    /// <summary>Sends one access unit.</summary>
    /// <param name="accessUnit">NAL units with a length before each.</param>
    /// <param name="timestamp">The RTP timestamp.</param>
    /// <exception cref="InvalidDataException">A NAL unit runs over the end.</exception>
    public void Send(ReadOnlySpan<byte> accessUnit, uint timestamp, OutgoingStream stream)
    {
        var (last, needsSets) = Survey(accessUnit);
        if (needsSets)
        {
            stream.Send(default, configuration.ParameterSets, timestamp, marker: false);
        }

        var position = 0;
        while (TryReadUnit(accessUnit, ref position, out var unit))
        {
            if (IsWorthSending(unit))
            {
                SendUnit(unit, timestamp, isLast: position == last, stream);
            }
        }
    }

    /// <summary>Finds the end of the last NAL unit to send, and whether a key slice comes without parameter sets.</summary>
    private (int Last, bool NeedsSets) Survey(ReadOnlySpan<byte> accessUnit)
    {
        var position = 0;
        var last = 0;
        var hasKeySlice = false;
        var hasSets = false;
        while (TryReadUnit(accessUnit, ref position, out var unit))
        {
            if (IsWorthSending(unit))
            {
                last = position;
                hasKeySlice |= Type(unit) == KeySliceType;
                hasSets |= Type(unit) == SequenceSetType;
            }
        }

        return (last, hasKeySlice && !hasSets);
    }

    private bool TryReadUnit(ReadOnlySpan<byte> accessUnit, ref int position, out ReadOnlySpan<byte> unit)
    {
        unit = default;
        if (position == accessUnit.Length)
        {
            return false;
        }

        var start = position + configuration.LengthSize;
        if (start > accessUnit.Length)
        {
            throw new InvalidDataException("An H.264 access unit is cut short.");
        }

        var length = 0;
        foreach (var part in accessUnit[position..start])
        {
            length = (length << 8) | part;
        }

        if ((uint)length > (uint)(accessUnit.Length - start))
        {
            throw new InvalidDataException("An H.264 access unit is cut short.");
        }

        unit = accessUnit.Slice(start, length);
        position = start + length;
        return true;
    }

    private static void SendUnit(ReadOnlySpan<byte> unit, uint timestamp, bool isLast, OutgoingStream stream)
    {
        if (unit.Length <= LongestPayload)
        {
            stream.Send(default, unit, timestamp, isLast);
            return;
        }

        Span<byte> header = [(byte)((unit[0] & 0xE0) | FragmentType), (byte)(Type(unit) | FragmentStart)];
        var rest = unit[1..];
        while (!rest.IsEmpty)
        {
            var part = rest[..Math.Min(rest.Length, LongestPayload - FragmentHeaderLength)];
            rest = rest[part.Length..];
            if (rest.IsEmpty)
            {
                header[1] |= FragmentEnd;
            }

            stream.Send(header, part, timestamp, isLast && rest.IsEmpty);
            header[1] &= unchecked((byte)~FragmentStart);
        }
    }

    private static int Type(ReadOnlySpan<byte> unit) => unit[0] & 0x1F;

    private static bool IsWorthSending(ReadOnlySpan<byte> unit) => !unit.IsEmpty && Type(unit) is not (DelimiterType or FillerType);
}
