using System.Buffers.Binary;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Recording;

/// <summary>
/// What the tracks of one file hold. None of it can change within a file: another codec, picture size or parameter set
/// needs a new one.
/// </summary>
/// <param name="Codec">The video codec, or none where only sound is published.</param>
/// <param name="Width">Of the picture, in pixels; 0 without video.</param>
/// <param name="Height">Of the picture, in pixels; 0 without video.</param>
/// <param name="Configuration">H.264: the AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1); else empty.</param>
/// <param name="HasSound">There is an Opus track.</param>
internal sealed record RecordedTracks(VideoCodec Codec, int Width, int Height, byte[] Configuration, bool HasSound)
{
    private const int ProfilesWithFormat = 100;

    /// <summary>Sound alone.</summary>
    public static RecordedTracks SoundOnly { get; } = new(VideoCodec.None, 0, 0, [], HasSound: true);

    /// <summary>Reads what a key frame says of its video.</summary>
    /// <param name="hasSound">There is an Opus track beside it.</param>
    /// <returns>Null when the frame does not say what a file must.</returns>
    public static RecordedTracks? Of(AccessUnit unit, bool hasSound) =>
        unit.Codec == VideoCodec.Vp8 ? OfVp8(unit.Data, hasSound) : OfH264(unit.Data, hasSound);

    /// <summary>Whether a key frame continues this video.</summary>
    public bool ContinuesWith(AccessUnit unit)
    {
        if (unit.Codec != Codec)
        {
            return false;
        }

        if (Codec == VideoCodec.Vp8)
        {
            return TryReadVp8Size(unit.Data, out var width, out var height) && (width, height) == (Width, Height);
        }

        // Picture parameter sets may change within a file, because they are kept in the stream; the sequence may not.
        return H264ActiveSets.TryFind(unit.Data, out var sets)
            && Configuration.AsSpan(8, BinaryPrimitives.ReadUInt16BigEndian(Configuration.AsSpan(6))).SequenceEqual(sets.Sequence);
    }

    private static RecordedTracks? OfVp8(ReadOnlySpan<byte> frame, bool hasSound) =>
        TryReadVp8Size(frame, out var width, out var height) ? new RecordedTracks(VideoCodec.Vp8, width, height, [], hasSound) : null;

    private static RecordedTracks? OfH264(ReadOnlySpan<byte> unit, bool hasSound) =>
        H264ActiveSets.TryFind(unit, out var sets) && H264SequenceParameters.TryRead(sets.Sequence, out var size)
            ? new RecordedTracks(VideoCodec.H264, size.Width, size.Height, ConfigurationOf(sets.Sequence, sets.Picture, size), hasSound)
            : null;

    private static byte[] ConfigurationOf(ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> picture, in H264SequenceParameters parameters)
    {
        const byte LengthsOfFourBytes = 0xFF;
        const byte OneSequenceSet = 0xE1;
        const byte OnePictureSet = 1;
        List<byte> record =
        [
            1, sequence[1], sequence[2], sequence[3], LengthsOfFourBytes,
            OneSequenceSet, (byte)(sequence.Length >> 8), (byte)sequence.Length, .. sequence,
            OnePictureSet, (byte)(picture.Length >> 8), (byte)picture.Length, .. picture,
        ];
        if (sequence[1] >= ProfilesWithFormat)
        {
            record.AddRange(
                [(byte)(0xFC | parameters.ChromaFormat), (byte)(0xF8 | parameters.LumaDepth), (byte)(0xF8 | parameters.ChromaDepth), 0]);
        }

        return [.. record];
    }

    /// <summary>RFC 6386 section 9.1: frame tag of three bytes, start code, then 14 bits of width and of height.</summary>
    private static bool TryReadVp8Size(ReadOnlySpan<byte> frame, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (frame.Length < 10 || !frame[3..6].SequenceEqual<byte>([0x9D, 0x01, 0x2A]))
        {
            return false;
        }

        width = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF;
        height = BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF;
        return width > 0 && height > 0;
    }
}
