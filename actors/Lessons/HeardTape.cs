using System.IO.Compression;
using System.Text.Json;
using Xunke.Analytics.Speech;

namespace Xunke.Actors.Lessons;

/// <summary>What was heard in a lesson in few bytes: who spoke when, and how loud each second was.</summary>
public static class HeardTape
{
    /// <summary>Compressed JSON, with levels to a tenth of a decibel.</summary>
    public static byte[] Write(HeardLesson heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        using var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(compressed, heard with { Levels = [.. heard.Levels.Select(static level => Math.Round(level, 1))] });
        }

        return packed.ToArray();
    }

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static HeardLesson Read(byte[] tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        using var packed = new BrotliStream(new MemoryStream(tape), CompressionMode.Decompress);
        try
        {
            return JsonSerializer.Deserialize<HeardLesson>(packed)
            ?? throw new InvalidDataException("What was heard in a lesson is missing.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("What was heard in a lesson is damaged.", fault);
        }
    }
}
