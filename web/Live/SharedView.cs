using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xunke.Web.Live;

/// <summary>
/// A view that many connections send: turned into JSON once, when the first of them needs it, and copied by the others.
/// In a message it is the view itself.
/// </summary>
/// <typeparam name="TView">A view record of <c>actors/Live</c>.</typeparam>
/// <param name="view">The view.</param>
/// <param name="sequence">The view's sequence number.</param>
[JsonConverter(typeof(SharedViewConverterFactory))]
public sealed class SharedView<TView>(TView view, long sequence)
    where TView : class
{
    private readonly Lock _gate = new();
    private byte[]? _json;

    /// <summary>The view.</summary>
    public TView View { get; } = view;

    /// <summary>Grows with every view of the same room, school or district.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>The view as UTF-8 JSON.</summary>
    internal ReadOnlySpan<byte> Json
    {
        get
        {
            if (Volatile.Read(ref _json) is { } json)
            {
                return json;
            }

            lock (_gate)
            {
                return _json ??= JsonSerializer.SerializeToUtf8Bytes(View, Hosting.Json.Options);
            }
        }
    }
}

/// <summary>Writes a <see cref="SharedView{TView}"/> by copying its JSON.</summary>
internal sealed class SharedViewConverterFactory : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(SharedView<>);

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<TView> : JsonConverter<SharedView<TView>>
        where TView : class
    {
        /// <inheritdoc />
        public override SharedView<TView> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("views are only ever sent");

        /// <inheritdoc />
        public override void Write(Utf8JsonWriter writer, SharedView<TView> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
