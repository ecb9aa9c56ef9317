using System.Buffers.Binary;

namespace Xunke.Streaming.Codecs;

/// <summary>The parts of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1) that sending needs.</summary>
/// <param name="LengthSize">How many bytes stand before each NAL unit: 1, 2 or 4.</param>
/// <param name="ParameterSets">One STAP-A payload with all sequence and picture parameter sets (RFC 6184 section 5.7.1).</param>
internal sealed record H264Configuration(int LengthSize, byte[] ParameterSets)
{
    private const int SetsOffset = 5;
    private const byte AggregationType = 24;
    private const byte HighestImportance = 0x60;

    /// <summary>Reads the record.</summary>
    /// <exception cref="InvalidDataException">The record is malformed.</exception>
    public static H264Configuration Parse(ReadOnlySpan<byte> record)
    {
        if (record.Length <= SetsOffset || record[0] != 1)
        {
            throw new InvalidDataException("The video has no H.264 configuration record.");
        }

        var lengthSize = (record[4] & 3) + 1;
        List<byte> aggregate = [HighestImportance | AggregationType];
        var sequenceSets = record[SetsOffset] & 0x1F;
        var rest = CopySets(record[(SetsOffset + 1)..], sequenceSets, aggregate);
        var pictureSets = rest.IsEmpty ? 0 : rest[0];
        CopySets(rest.IsEmpty ? rest : rest[1..], pictureSets, aggregate);
        return sequenceSets == 0 || pictureSets == 0
            ? throw new InvalidDataException("The video's configuration record holds no parameter sets.")
            : new H264Configuration(lengthSize, [.. aggregate]);
    }

    /// <summary>Both formats put a 16-bit length before each set.</summary>
    private static ReadOnlySpan<byte> CopySets(ReadOnlySpan<byte> rest, int count, List<byte> aggregate)
    {
        for (; count > 0; count--)
        {
            var length = rest.Length < 2 ? int.MaxValue : 2 + BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (length > rest.Length)
            {
                throw new InvalidDataException("The video's configuration record is cut short.");
            }

            aggregate.AddRange(rest[..length]);
            rest = rest[length..];
        }

        return rest;
    }
}
