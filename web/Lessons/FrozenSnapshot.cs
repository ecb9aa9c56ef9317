using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunke.Actors.Lessons;
using Xunke.Web.Analysis;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>
/// A snapshot as it is kept: computed once, when its lesson has ended, with the formulas and the names of that day. Only the
/// recordings are placed on it when somebody reads it, because they may be deleted and not everybody may play them.
/// </summary>
internal static class FrozenSnapshot
{
    /// <summary>Computes it.</summary>
    /// <returns>Compressed JSON.</returns>
    /// <exception cref="InvalidDataException">What is on record is damaged.</exception>
    public static byte[] Make(Lesson lesson, RoomEntry? room, string schoolName)
    {
        using var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, LessonSnapshot.Of(lesson, room, schoolName, []), ReportJson.ForBrowsers.LessonSnapshot);
        }

        return packed.ToArray();
    }

    /// <summary>The snapshot as it is sent.</summary>
    /// <param name="frozen">As <see cref="Make"/> gave it.</param>
    /// <param name="recordings">Recordings of the room in that time that the reader may play.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[] Read(byte[] frozen, PlacedRecording[] recordings)
    {
        using var unpacked = new BrotliStream(new MemoryStream(frozen), CompressionMode.Decompress);
        try
        {
            JsonObject snapshot = JsonNode.Parse(unpacked)?.AsObject() ?? throw new InvalidDataException("A snapshot on record is empty.");
            snapshot["recordings"] = JsonSerializer.SerializeToNode(recordings, ReportJson.ForBrowsers.PlacedRecordingArray);
            return JsonSerializer.SerializeToUtf8Bytes(snapshot, ReportJson.ForBrowsers.JsonObject);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("A snapshot on record is damaged.", fault);
        }
    }
}
