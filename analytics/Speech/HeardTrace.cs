using System.Runtime.InteropServices;

namespace Xunke.Analytics.Speech;

/// <summary>
/// What a listener has measured, in few bytes, so that a lesson's sound outlives the server. Of voices it has means over half a second:
/// enough to tell the teacher from pupils, and too coarse for any word to be made from it.
/// </summary>
internal static class HeardTrace
{
    /// <summary>Chunks of one mean: half a second.</summary>
    public const int Group = 16;

    private const byte Version = 1;
    private const int MostChunks = 1 << 20;

    /// <param name="from">The first chunk; a multiple of <see cref="Group"/>.</param>
    /// <param name="to">The chunk after the last one; a multiple as well.</param>
    public static byte[] Write(HeardState state, int from, int to)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write((byte)state.Channels.Length);
        writer.Write(from);
        writer.Write(to - from);
        writer.Write(state.Difference);
        writer.Write(state.Energy);
        for (int second = Seconds(from); second < Seconds(to); second++)
        {
            writer.Write((short)Math.Round(state.Levels[second] * 100));
        }

        SpeechSpan[] gaps = [.. state.Gaps.Where(gap => gap.To > from && gap.From < to)];
        writer.Write((ushort)Math.Min(gaps.Length, ushort.MaxValue));
        foreach (SpeechSpan gap in gaps.Take(ushort.MaxValue))
        {
            writer.Write(Math.Max(gap.From, from));
            writer.Write(Math.Min(gap.To, to));
        }

        foreach (HeardChannel channel in state.Channels)
        {
            for (int chunk = from; chunk < to; chunk++)
            {
                writer.Write((ushort)Math.Round(Math.Clamp(channel.Probabilities[chunk], 0, 1) * ushort.MaxValue));
                writer.Write((short)Math.Round(1000 * Math.Log10(channel.Energies[chunk] + 1e-10)));
            }
        }

        for (int group = from; group < to; group += Group)
        {
            WriteVoice(writer, state.Channels[^1], group);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote behind what is there.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or does not follow.</exception>
    public static void Read(HeardState state, byte[] trace)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(trace));
            if (reader.ReadByte() != Version || reader.ReadByte() != state.Channels.Length)
            {
                throw new InvalidDataException("What was heard is of another version.");
            }

            int from = reader.ReadInt32(), count = reader.ReadInt32();
            if (from != state.Channels[0].Probabilities.Count || count is < 0 or > MostChunks || count % Group != 0)
            {
                throw new InvalidDataException("What was heard does not follow what was heard before.");
            }

            (state.Difference, state.Energy) = (reader.ReadDouble(), reader.ReadDouble());
            for (int second = Seconds(from); second < Seconds(from + count); second++)
            {
                state.Levels.Add(reader.ReadInt16() / 100.0);
            }

            for (int gaps = reader.ReadUInt16(); gaps > 0; gaps--)
            {
                state.AddGap(reader.ReadInt32(), reader.ReadInt32());
            }

            foreach (HeardChannel channel in state.Channels)
            {
                for (int chunk = 0; chunk < count; chunk++)
                {
                    float probability = reader.ReadUInt16() / (float)ushort.MaxValue;
                    channel.Restore(probability, (float)Math.Max(0, Math.Pow(10, reader.ReadInt16() / 1000.0) - 1e-10));
                }
            }

            for (int group = from; group < from + count; group += Group)
            {
                ReadVoice(reader, state.Channels[^1], group);
            }
        }
        catch (Exception fault) when (fault is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("What was heard is damaged.", fault);
        }
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static int ChannelsOf(byte[] trace) => trace is [Version, 1 or 2, ..] ? trace[1]
        : throw new InvalidDataException("What was heard is damaged, or of another version.");

    private static int Seconds(int chunk) => (int)((long)chunk * SoundFormat.Chunk / SoundFormat.Rate);

    private static void WriteVoice(BinaryWriter writer, HeardChannel channel, int first)
    {
        ushort voiced = 0;
        double pitch = 0;
        Span<double> mean = stackalloc double[MelCepstrum.Size];
        mean.Clear();
        for (int chunk = first; chunk < first + Group; chunk++)
        {
            if (channel.Pitches[chunk] <= 0)
            {
                continue;
            }

            voiced |= (ushort)(1 << (chunk - first));
            pitch += Math.Log(channel.Pitches[chunk]);
            ReadOnlySpan<float> spectra = channel.CepstraOf(chunk);
            for (int i = 0; i < spectra.Length; i++)
            {
                mean[i % MelCepstrum.Size] += spectra[i] / HeardChannel.SpectraPerChunk;
            }
        }

        writer.Write(voiced);
        if (voiced == 0)
        {
            return;
        }

        int chunks = System.Numerics.BitOperations.PopCount(voiced);
        writer.Write((Half)(pitch / chunks));
        foreach (double coefficient in mean)
        {
            writer.Write((Half)(coefficient / chunks));
        }
    }

    private static void ReadVoice(BinaryReader reader, HeardChannel channel, int first)
    {
        ushort voiced = reader.ReadUInt16();
        if (voiced == 0)
        {
            return;
        }

        float pitch = MathF.Exp((float)reader.ReadHalf());
        Span<float> mean = stackalloc float[MelCepstrum.Size];
        foreach (ref float coefficient in mean)
        {
            coefficient = (float)reader.ReadHalf();
        }

        for (int chunk = first; chunk < first + Group; chunk++)
        {
            if ((voiced & (1 << (chunk - first))) != 0)
            {
                channel.RestoreVoice(chunk, float.IsFinite(pitch) ? pitch : 0, mean);
            }
        }
    }
}
