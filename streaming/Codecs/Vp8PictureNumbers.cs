using System.Buffers.Binary;

namespace Xunke.Streaming.Codecs;

/// <summary>
/// The running numbers of a VP8 picture (RFC 7741 4.2), or how far they are moved. From them a receiver works out which
/// earlier pictures each one leans on: where they jump, it may wait for a picture that does not exist, so they go on
/// when pictures come from another source or are left out.
/// </summary>
/// <param name="Picture">PictureID, which grows by one a picture; 15 bits, or 7 where the packet has only those.</param>
/// <param name="Base">TL0PICIDX, which grows by one a picture of temporal layer 0; 8 bits, 0 where the packet has none.</param>
internal readonly record struct Vp8PictureNumbers(int Picture, int Base)
{
    private const int LongMask = 0x7FFF;
    private const int ShortMask = 0x7F;

    /// <summary>Moves the numbers of a payload, if it has any, so that they go on behind those of an earlier source.</summary>
    /// <param name="payload">An RTP payload of any content, of a picture of temporal layer 0 when it is the source's first.</param>
    /// <param name="shift">How far this source's numbers are moved; null before its first picture.</param>
    /// <param name="last">The newest picture's numbers; null before the first of all.</param>
    /// <param name="isNewest">Whether the payload is newer than all before it.</param>
    public static void Continue(Span<byte> payload, ref Vp8PictureNumbers? shift, ref Vp8PictureNumbers? last, bool isNewest)
    {
        if (!TryRead(payload, out var numbers))
        {
            return;
        }

        shift ??= last is { } before ? new(before.Picture + 1 - numbers.Picture, before.Base + 1 - numbers.Base) : default;
        var moved = numbers.MovedBy(shift.Value);
        moved.Write(payload);
        last = isNewest ? moved : last;
    }

    /// <summary>Reads the numbers.</summary>
    /// <param name="payload">An RTP payload of any content.</param>
    /// <returns>False when pictures are not numbered, or the descriptor is cut off.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Vp8PictureNumbers numbers)
    {
        numbers = default;
        if (!TryFind(payload, out var picture, out var baseIndex))
        {
            return false;
        }

        var isLong = baseIndex - picture == 2;
        numbers = new Vp8PictureNumbers(
            isLong ? BinaryPrimitives.ReadUInt16BigEndian(payload[picture..]) & LongMask : payload[picture] & ShortMask,
            HasBase(payload) ? payload[baseIndex] : 0);
        return true;
    }

    private Vp8PictureNumbers MovedBy(Vp8PictureNumbers shift) =>
        new((Picture + shift.Picture) & LongMask, (Base + shift.Base) & byte.MaxValue);

    private void Write(Span<byte> payload)
    {
        _ = TryFind(payload, out var picture, out var baseIndex);
        if (baseIndex - picture == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[picture..], (ushort)(0x8000 | Picture));
        }
        else
        {
            payload[picture] = (byte)(Picture & ShortMask);
        }

        if (HasBase(payload))
        {
            payload[baseIndex] = (byte)Base;
        }
    }

    private static bool HasBase(ReadOnlySpan<byte> payload) => (payload[1] & 0x40) != 0;

    // Where the numbers begin, and where TL0PICIDX is or would be.
    private static bool TryFind(ReadOnlySpan<byte> payload, out int picture, out int baseIndex)
    {
        (picture, baseIndex) = (2, 3);
        if (payload.Length < 4 || (payload[0] & 0x80) == 0 || (payload[1] & 0x80) == 0)
        {
            return false;
        }

        baseIndex += (payload[picture] & 0x80) != 0 ? 1 : 0;
        return payload.Length > baseIndex;
    }
}
