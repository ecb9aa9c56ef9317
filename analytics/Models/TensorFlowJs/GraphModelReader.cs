using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Text.Json;

namespace Xunke.Analytics.Models.TensorFlowJs;

/// <summary>Reads a TensorFlow.js graph model: a JSON topology with a weights manifest, and binary shards beside it.</summary>
internal static class GraphModelReader
{
    /// <param name="jsonPath">Path of the JSON file; the shards that it names are looked for beside it.</param>
    /// <exception cref="ModelImportException">A file is missing, truncated or not what it should be.</exception>
    public static GraphModel Read(string jsonPath)
    {
        string name = Path.GetFileNameWithoutExtension(jsonPath);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(jsonPath));
            JsonElement root = document.RootElement;
            return new GraphModel(name, ReadNodes(root.GetProperty("modelTopology").GetProperty("node")),
                ReadWeights(root.GetProperty("weightsManifest"), Path.GetDirectoryName(jsonPath)!));
        }
        catch (IOException fault)
        {
            throw new ModelImportException($"{name}: cannot read the model: {fault.Message} Build the project again to fetch it.", fault);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelImportException($"{name}: {jsonPath} is damaged or is no TensorFlow.js graph model: {fault.Message}", fault);
        }
    }

    private static Dictionary<string, GraphNode> ReadNodes(JsonElement nodes) =>
        nodes.EnumerateArray().Select(ReadNode).ToDictionary(node => node.Name, StringComparer.Ordinal);

    private static GraphNode ReadNode(JsonElement node)
    {
        string[] inputs = node.TryGetProperty("input", out JsonElement list)
            ? [.. list.EnumerateArray().Select(input => input.GetString()!)
                .Where(input => !input.StartsWith('^')).Select(WithoutOutputNumber)]
            : [];
        JsonElement attributes = node.TryGetProperty("attr", out JsonElement found) ? found.Clone() : default;
        return new GraphNode(node.GetProperty("name").GetString()!, node.GetProperty("op").GetString()!, inputs, attributes);
    }

    private static string WithoutOutputNumber(string input)
    {
        int colon = input.LastIndexOf(':');
        return colon < 0 ? input : input[..colon];
    }

    private static Dictionary<string, Weight> ReadWeights(JsonElement manifest, string directory)
    {
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (JsonElement group in manifest.EnumerateArray())
        {
            byte[] bytes = ReadShards(group.GetProperty("paths"), directory);
            int offset = 0;
            foreach (JsonElement entry in group.GetProperty("weights").EnumerateArray())
            {
                offset += ReadWeight(entry, bytes.AsSpan(offset), weights);
            }
        }

        return weights;
    }

    private static byte[] ReadShards(JsonElement paths, string directory)
    {
        using var joined = new MemoryStream();
        foreach (JsonElement path in paths.EnumerateArray())
        {
            // Only the file name counts: a manifest must not reach outside its own folder.
            joined.Write(File.ReadAllBytes(Path.Combine(directory, Path.GetFileName(path.GetString()!))));
        }

        return joined.ToArray();
    }

    private static int ReadWeight(JsonElement entry, ReadOnlySpan<byte> bytes, Dictionary<string, Weight> weights)
    {
        string name = entry.GetProperty("name").GetString()!;
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        int count = shape.Aggregate(1, (product, size) => checked(product * size));
        bool quantised = entry.TryGetProperty("quantization", out JsonElement quantization);
        string type = entry.GetProperty("dtype").GetString()!;
        string stored = quantised ? quantization.GetProperty("dtype").GetString()! : type;
        int length = checked(count * SizeOf(stored, name));
        if (length > bytes.Length)
        {
            throw new ModelImportException($"The weights are truncated: '{name}' needs {length} bytes and {bytes.Length} are left. Build the project again to fetch them.");
        }

        if (type == "float32")
        {
            float[] values = Decode(bytes[..length], stored, count);
            if (quantised && stored is "uint8" or "uint16")
            {
                float scale = quantization.GetProperty("scale").GetSingle();
                float minimum = quantization.GetProperty("min").GetSingle();
                TensorPrimitives.Multiply(values, scale, values);
                TensorPrimitives.Add(values, minimum, values);
            }

            weights.Add(name, new Weight(shape, values));
        }

        return length;
    }

    private static int SizeOf(string type, string name) => type switch
    {
        "float32" or "int32" => 4,
        "float16" or "uint16" => 2,
        "uint8" or "bool" => 1,
        _ => throw new ModelImportException($"'{name}' is stored as {type}, which the importer does not know."),
    };

    private static float[] Decode(ReadOnlySpan<byte> bytes, string type, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = type switch
            {
                "float32" => BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]),
                "float16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]),
                "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]),
                _ => bytes[i],
            };
        }

        return values;
    }
}
