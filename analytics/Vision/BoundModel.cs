using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>A model bound to one picture size, with its buffers: a run copies nothing and allocates nothing.</summary>
internal sealed class BoundModel : IDisposable
{
    /// <summary>Floats that may be read past the end of a head, so that vector loads need no special case for the last row.</summary>
    private const int Slack = 64;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly byte[] _input;
    private readonly float[][] _heads;
    private readonly OrtValue[] _headValues;

    /// <param name="session">The model; stays the caller's.</param>
    /// <param name="width">Width of the picture in pixels, a multiple of 32.</param>
    /// <param name="height">Height of the picture in pixels, a multiple of 32.</param>
    public BoundModel(InferenceSession session, ModelRecipe recipe, int width, int height)
    {
        _session = session;
        Width = width;
        Height = height;
        _binding = session.CreateIoBinding();
        _input = new byte[width * height * 3];
        Bind(OrtValue.CreateTensorValueFromMemory(_input, [1, height, width, 3]), GraphConverter.InputName, _binding.BindInput);
        _heads = new float[recipe.Heads.Count][];
        _headValues = new OrtValue[_heads.Length];
        for (int i = 0; i < _heads.Length; i++)
        {
            ModelHead head = recipe.Heads[i];
            int rows = height / head.Stride, columns = width / head.Stride, length = head.Channels * rows * columns;
            _heads[i] = new float[length + Slack];
            _headValues[i] = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, _heads[i].AsMemory(0, length), [1, head.Channels, rows, columns]);
            Bind(_headValues[i], head.Name, _binding.BindOutput);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public int Columns => Width / ModelRecipe.Stride;

    public int Rows => Height / ModelRecipe.Stride;

    /// <summary>The picture to look at: RGB, rows packed.</summary>
    public Span<byte> Input => _input;

    /// <summary>A head after <see cref="Run"/>: planes of rows * columns, followed by padding that may be read.</summary>
    public ReadOnlySpan<float> Head(int index) => _heads[index];

    /// <summary>A head as another model's input; stays this one's.</summary>
    public OrtValue HeadValue(int index) => _headValues[index];

    public void Run()
    {
        SignalStack.Enlarge();
        _session.RunWithBinding(_run, _binding);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
    }

    private void Bind(OrtValue value, string name, Action<string, OrtValue> bind)
    {
        _values.Add(value);
        bind(name, value);
    }
}
