using System.IO.Compression;
using System.Text;

namespace Xunke.Actors.Lessons;

/// <summary>
/// The bytes of a <see cref="SampleTape"/> as they are kept on record: what is alike stands together, behaviours as changes of their seat's
/// last, confidence in tenths; then compressed. docs/benchmarks.md tells what that saves (records).
/// </summary>
internal static class PackedSamples
{
    private const int TenthOfConfidence = 10;

    /// <summary>Packs samples.</summary>
    /// <param name="samples">As a tape has them.</param>
    /// <param name="count">How many.</param>
    /// <param name="packed">Where they are written.</param>
    public static void Pack(ReadOnlySpan<byte> samples, int count, Stream packed)
    {
        using var reader = new BinaryReader(new MemoryStream(samples.ToArray()));
        using MemoryStream heads = new(), deeds = new(), confidences = new(), places = new();
        using var head = new BinaryWriter(heads);
        var last = new Dictionary<int, byte>();
        for (var sample = 0; sample < count; sample++)
        {
            head.Write7BitEncodedInt64(reader.Read7BitEncodedInt64());
            head.Write7BitEncodedInt(reader.Read7BitEncodedInt());
            head.Write(reader.ReadByte());
            var people = reader.Read7BitEncodedInt();
            head.Write7BitEncodedInt(people);
            for (int person = 0, before = -1; person < people; person++)
            {
                var seat = reader.Read7BitEncodedInt();
                head.Write7BitEncodedInt(seat - before);
                before = seat;
                var does = reader.ReadByte();
                deeds.WriteByte((byte)(does ^ last.GetValueOrDefault(seat)));
                last[seat] = SampleTape.WithoutPlace(does);
                confidences.WriteByte((byte)Math.Round((double)reader.ReadByte() / TenthOfConfidence));
                if (SampleTape.IsPlaced(does))
                {
                    places.WriteByte(reader.ReadByte());
                    places.WriteByte(reader.ReadByte());
                }
            }
        }

        using var compressed = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true);
        using var writer = new BinaryWriter(compressed, Encoding.UTF8, leaveOpen: true);
        foreach (var part in (MemoryStream[])[heads, deeds, confidences, places])
        {
            writer.Write7BitEncodedInt((int)part.Length);
            writer.Write(part.GetBuffer(), 0, (int)part.Length);
        }
    }

    /// <summary>The samples as their tape had them, but for the confidences.</summary>
    /// <exception cref="IOException">They are cut off.</exception>
    /// <exception cref="InvalidOperationException">They are damaged.</exception>
    public static MemoryStream Unpack(Stream packed, int count)
    {
        using var reader = new BinaryReader(new BrotliStream(packed, CompressionMode.Decompress));
        using BinaryReader heads = Part(reader), deeds = Part(reader), confidences = Part(reader), places = Part(reader);
        var samples = new MemoryStream();
        using var writer = new BinaryWriter(samples, Encoding.UTF8, leaveOpen: true);
        var last = new Dictionary<int, byte>();
        for (var sample = 0; sample < count; sample++)
        {
            writer.Write7BitEncodedInt64(heads.Read7BitEncodedInt64());
            writer.Write7BitEncodedInt(heads.Read7BitEncodedInt());
            writer.Write(heads.ReadByte());
            var people = heads.Read7BitEncodedInt();
            writer.Write7BitEncodedInt(people);
            for (int person = 0, seat = -1; person < people; person++)
            {
                seat += heads.Read7BitEncodedInt();
                writer.Write7BitEncodedInt(seat);
                var does = (byte)(deeds.ReadByte() ^ last.GetValueOrDefault(seat));
                writer.Write(does);
                last[seat] = SampleTape.WithoutPlace(does);
                writer.Write((byte)(confidences.ReadByte() * TenthOfConfidence));
                if (SampleTape.IsPlaced(does))
                {
                    writer.Write(places.ReadBytes(2));
                }
            }
        }

        samples.Position = 0;
        return samples;
    }

    private static BinaryReader Part(BinaryReader reader) => new(new MemoryStream(reader.ReadBytes(reader.Read7BitEncodedInt())));
}
