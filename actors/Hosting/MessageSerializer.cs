using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Akka.Serialization;

namespace Xunke.Actors.Hosting;

/// <summary>A message that may travel between nodes.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Manifest">Names it and its version on the wire, such as "get-history/1". A version that was shipped keeps its
/// meaning.</param>
/// <param name="Write">Writes it.</param>
/// <param name="Read">Reads it.</param>
internal sealed record WireMessage(Type Type, string Manifest, Func<object, byte[]> Write, Func<byte[], object> Read)
{
    /// <summary>As JSON.</summary>
    public static WireMessage Json<T>(string manifest, JsonTypeInfo<T> type)
        where T : notnull => new(
        typeof(T), manifest, message => JsonSerializer.SerializeToUtf8Bytes((T)message, type),
        bytes => JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException($"a message {manifest} is null"));
}

/// <summary>Writes the messages that travel between nodes: each type in its own stated, versioned form, none by reflection.</summary>
internal sealed class MessageSerializer(ExtendedActorSystem system, IReadOnlyList<WireMessage> messages)
    : SerializerWithStringManifest(system)
{
    private readonly FrozenDictionary<Type, WireMessage> _byType = messages.ToFrozenDictionary(message => message.Type);
    private readonly FrozenDictionary<string, WireMessage> _byManifest = messages.ToFrozenDictionary(message => message.Manifest);

    /// <inheritdoc />
    public override int Identifier => 20_01;

    /// <summary>Puts the serializer into an actor system.</summary>
    public static SerializationSetup Setup(IReadOnlyList<WireMessage> messages) => SerializationSetup.Create(system =>
        [SerializerDetails.Create("xunke", new MessageSerializer(system, messages), [.. messages.Select(message => message.Type)])]);

    /// <inheritdoc />
    public override string Manifest(object o) => _byType[o.GetType()].Manifest;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => _byType[obj.GetType()].Write(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => _byManifest.TryGetValue(manifest, out var message)
        ? message.Read(bytes)
        : throw new NotSupportedException($"a message {manifest} comes from another version of the product");
}
