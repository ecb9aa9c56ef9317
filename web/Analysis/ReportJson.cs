using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Xunke.Web.Lessons;

namespace Xunke.Web.Analysis;

/// <summary>The JSON of reports and snapshots (docs/analyse.md has their schema): words in kebab-case, times in seconds, numbers
/// rounded.</summary>
[JsonSerializable(typeof(LessonReport))]
[JsonSerializable(typeof(PicturesReport))]
[JsonSerializable(typeof(LessonSnapshot))]
[JsonSerializable(typeof(PlacedRecording[]))]
[JsonSerializable(typeof(PlacedStill[]))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The Chinese sentences stay readable; the file is never put into a page.</summary>
    public static ReportJson ForFiles { get; } = new(Dialect(JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

    /// <summary>Escaped, as JSON in a browser should be.</summary>
    public static ReportJson ForBrowsers { get; } = new(Dialect(JavaScriptEncoder.Default));

    /// <summary>An enumeration's value as reports spell it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A number with at most so many digits after the point.</summary>
    public static decimal Round(double value, int digits) => Math.Round((decimal)value, digits);

    private static JsonSerializerOptions Dialect(JavaScriptEncoder encoder) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = encoder,
        Converters =
            { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new Rounded<double>(4), new Rounded<float>(2), new Seconds() },
    };

    /// <summary>Null where there is no number.</summary>
    private sealed class Rounded<T>(int digits) : JsonConverter<T>
        where T : struct, IFloatingPoint<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("reports are only ever written");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (T.IsFinite(value))
            {
                writer.WriteNumberValue(Round(double.CreateChecked(value), digits));
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class Seconds : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("reports are only ever written");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Round(value.TotalSeconds, 3));
    }
}
