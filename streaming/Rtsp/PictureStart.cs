using Xunke.Streaming.Codecs;

namespace Xunke.Streaming.Rtsp;

/// <summary>What a packet of H.264 (RFC 6184) shows of the picture that it belongs to.</summary>
/// <param name="MayBegin">Whether it holds what comes first in a picture: parameter sets, or the slice of the first macroblock.</param>
/// <param name="HasSlice">Whether a slice begins in it.</param>
/// <param name="IsBidirectional">Whether that is a B slice: its picture may be shown before one that was sent earlier.</param>
internal readonly record struct PictureStart(bool MayBegin, bool HasSlice, bool IsBidirectional)
{
    private const int Aggregate = 24;
    private const int Fragment = 28;
    private const int LastSingle = 23;
    private const int LongestHead = 16;

    public static PictureStart Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2)
        {
            return default;
        }

        var type = payload[0] & 0x1F;
        if (type == Fragment)
        {
            return (payload[1] & 0x80) != 0 ? ReadUnit(payload[1] & 0x1F, payload[2..]) : default;
        }

        if (type != Aggregate)
        {
            return type <= LastSingle ? ReadUnit(type, payload[1..]) : default;
        }

        PictureStart? first = null;
        var (hasSlice, isBidirectional) = (false, false);
        for (var rest = payload[1..]; rest.Length > 3;)
        {
            var length = (rest[0] << 8) | rest[1];
            if (length < 2 || rest.Length < 2 + length)
            {
                break;
            }

            var unit = ReadUnit(rest[2] & 0x1F, rest.Slice(3, length - 1));
            first ??= unit;
            hasSlice |= unit.HasSlice;
            isBidirectional |= unit.IsBidirectional;
            rest = rest[(2 + length)..];
        }

        return new PictureStart(first?.MayBegin == true, hasSlice, isBidirectional);
    }

    // H.264 7.3.3: a slice begins with the number of its first macroblock and its type, 1 and 6 being B.
    private static PictureStart ReadUnit(int type, ReadOnlySpan<byte> body)
    {
        if (type is not (1 or 5))
        {
            return new PictureStart(type is >= 6 and <= 9, false, false);
        }

        var bits = new ExpGolombReader(body[..Math.Min(body.Length, LongestHead)]);
        return bits.TryRead(out var first) && bits.TryRead(out var kind)
            ? new PictureStart(first == 0, true, kind is 1 or 6)
            : new PictureStart(false, true, false);
    }
}
