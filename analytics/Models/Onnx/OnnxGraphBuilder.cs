using System.Buffers.Binary;
using Google.Protobuf;

namespace Xunke.Analytics.Models.Onnx;

/// <summary>Puts an ONNX graph together node by node. Names of values are handed out by the builder.</summary>
internal sealed class OnnxGraphBuilder(string name)
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;

    private readonly GraphProto _graph = new() { Name = name };
    private int _values;

    /// <summary>Declares an input; a dimension that is not a number is free and named.</summary>
    public string Input(string name, TensorProto.Types.DataType type, params ReadOnlySpan<string> dimensions)
    {
        _graph.Input.Add(Declare(name, type, dimensions));
        return name;
    }

    public void Output(string name, string value, params ReadOnlySpan<string> dimensions)
    {
        _graph.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { value }, Output = { name } });
        _graph.Output.Add(Declare(name, TensorProto.Types.DataType.Float, dimensions));
    }

    /// <summary>Adds an operation with one output and returns its name. An empty input name omits an optional input.</summary>
    public string Node(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string output = NextValue();
        var node = new NodeProto { Name = $"{op}_{output}", OpType = op, Output = { output } };
        foreach (string input in inputs)
        {
            node.Input.Add(input);
        }

        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Adds a constant and returns the name of its value.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return Constant(TensorProto.Types.DataType.Float, bytes, shape);
    }

    /// <summary>Adds a constant of 32-bit whole numbers and returns the name of its value.</summary>
    public string Constant(ReadOnlySpan<int> values, params ReadOnlySpan<int> shape)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return Constant(TensorProto.Types.DataType.Int32, bytes, shape);
    }

    /// <summary>Adds a constant of bytes, signed or not, and returns the name of its value.</summary>
    public string Constant(TensorProto.Types.DataType type, byte[] bytes, params ReadOnlySpan<int> shape)
    {
        var tensor = new TensorProto
        {
            Name = NextValue(),
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        };
        foreach (int size in shape)
        {
            tensor.Dims.Add(size);
        }

        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public ModelProto Build() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "xunke",
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Version = OpsetVersion } },
    };

    public static AttributeProto Number(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Numbers(string name, params ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    private string NextValue() => $"v{_values++}";

    private static ValueInfoProto Declare(string name, TensorProto.Types.DataType type, ReadOnlySpan<string> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (string dimension in dimensions)
        {
            shape.Dim.Add(int.TryParse(dimension, out int size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } }
        };
    }
}
