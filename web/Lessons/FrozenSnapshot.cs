using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunke.Actors.Lessons;
using Xunke.Web.Analysis;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>
/// A snapshot as it is kept: computed once, when its lesson has ended, with the formulas and the names of that day. Only the
/// recordings and the stills are placed on it when somebody reads it, because they may be deleted and not everybody may play recordings.
/// </summary>
internal static class FrozenSnapshot
{
    /// <summary>Computes it.</summary>
    /// <returns>Compressed JSON.</returns>
    /// <exception cref="InvalidDataException">What is on record is damaged.</exception>
    public static byte[] Make(Lesson lesson, RoomEntry? room, string schoolName, BookNames names)
    {
        using var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(
                compressed, LessonSnapshot.Of(lesson, room, schoolName, [], names), ReportJson.ForBrowsers.LessonSnapshot);
        }

        return packed.ToArray();
    }

    /// <summary>The snapshot as it is sent.</summary>
    /// <param name="frozen">As <see cref="Make"/> gave it.</param>
    /// <param name="recordings">Recordings of the room in that time that the reader may play.</param>
    /// <param name="stills">The lesson's stills.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[] Read(byte[] frozen, PlacedRecording[] recordings, PlacedStill[] stills)
    {
        using var unpacked = new BrotliStream(new MemoryStream(frozen), CompressionMode.Decompress);
        try
        {
            JsonObject snapshot = JsonNode.Parse(unpacked)?.AsObject() ?? throw new InvalidDataException("A snapshot on record is empty.");
            snapshot["recordings"] = JsonSerializer.SerializeToNode(recordings, ReportJson.ForBrowsers.PlacedRecordingArray);
            snapshot["stills"] = JsonSerializer.SerializeToNode(stills, ReportJson.ForBrowsers.PlacedStillArray);
            return JsonSerializer.SerializeToUtf8Bytes(snapshot, ReportJson.ForBrowsers.JsonObject);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("A snapshot on record is damaged.", fault);
        }
    }

    /// <summary>From when to when the snapshot's moments last, from the start of the lesson.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<(TimeSpan From, TimeSpan To)> MomentsOf(byte[] frozen)
    {
        using var unpacked = new BrotliStream(new MemoryStream(frozen), CompressionMode.Decompress);
        try
        {
            JsonNode? moments = JsonNode.Parse(unpacked)?["moments"];
            return [.. Of("best"), .. Of("weakest")];

            IEnumerable<(TimeSpan, TimeSpan)> Of(string kind) =>
                moments?[kind] is not JsonArray all ? []
                : all.OfType<JsonObject>().Select(moment => (At(moment["from"]), At(moment["to"])));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("A snapshot on record is damaged.", fault);
        }

        static TimeSpan At(JsonNode? seconds) => TimeSpan.FromSeconds(seconds?.GetValue<double>() ?? 0);
    }

    /// <summary>How many people were seen in the lesson on average; null: that is not known.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static int? PeopleOf(byte[] frozen)
    {
        using var unpacked = new BrotliStream(new MemoryStream(frozen), CompressionMode.Decompress);
        try
        {
            double? people = JsonNode.Parse(unpacked)?["lesson"]?["histogram"]?["people"]?.GetValue<double>();
            return people is > 0 ? (int)Math.Round(people.Value) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("A snapshot on record is damaged.", fault);
        }
    }

    /// <summary>A figure of the snapshot.</summary>
    /// <param name="frozen">As <see cref="Make"/> gave it.</param>
    /// <param name="place">Where it is, such as "lesson.headUpRate".</param>
    /// <returns>Its value, if it gives one, and its formula; null: there is no figure.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (double? Value, string Formula)? FigureOf(byte[] frozen, string place) =>
        FiguresOf(frozen, [place]) is [var (_, value, formula)] ? (value, formula) : null;

    /// <summary>Figures of the snapshot; places where there is none are left out.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<(string Place, double? Value, string Formula)> FiguresOf(byte[] frozen, IEnumerable<string> places)
    {
        using var unpacked = new BrotliStream(new MemoryStream(frozen), CompressionMode.Decompress);
        try
        {
            var snapshot = JsonNode.Parse(unpacked);
            var found = new List<(string, double?, string)>();
            foreach (string place in places)
            {
                JsonNode? node = place.Split('.').Aggregate(snapshot, (at, name) => (at as JsonObject)?[name]);
                if (node is JsonObject figure && figure["formula"] is JsonValue formula && figure.ContainsKey("value"))
                {
                    found.Add((place, figure["value"]?.GetValue<double>(), formula.GetValue<string>()));
                }
            }

            return found;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("A snapshot on record is damaged.", fault);
        }
    }
}
