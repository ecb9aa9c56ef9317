using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Bench.Analysis;

/// <summary>
/// The baseline: ONNX Runtime and nothing else. The models bound to buffers of their own at the sizes that the whole path
/// uses, one thread, run as often as the whole path ran them; nothing is filled in and nothing read out.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly BareModel _multiPose;
    private readonly BareModel? _postures;
    private readonly BareModel _singlePose;

    /// <summary>Loads the models.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="width">Width of the whole picture's input.</param>
    /// <param name="height">Height of the whole picture's input.</param>
    /// <param name="people">How many people's postures are read in each picture; 0 for joints alone.</param>
    public BareLoop(ModelFiles files, int width, int height, int people)
    {
        ModelRecipe joints = ModelRecipe.MultiPose;
        _multiPose = new BareModel(
            File.ReadAllBytes(files.MultiPose),
            [(GraphConverter.InputName, new byte[width * height * 3], [1, height, width, 3])],
            people > 0 ? joints.Heads : joints.Heads.Take(PostureGraph.MultiPoseHeads), width, height);
        _singlePose = new BareModel(
            File.ReadAllBytes(files.SinglePose), [(GraphConverter.InputName, new byte[192 * 192 * 3], [1, 192, 192, 3])],
            ModelRecipe.SinglePose.Heads, 192, 192);
        if (people > 0)
        {
            _postures = new BareModel(
                PostureGraph.Build(PostureWeights.Load()).ToByteArray(),
                [
                    .. PostureGraph.Features.Select(head => ((string, Array, long[]))(
                        head.Name, new float[head.Channels * (width / head.Stride) * (height / head.Stride)],
                        [1, head.Channels, height / head.Stride, width / head.Stride])),
                    (PostureGraph.RegionsName, Enumerable.Range(0, people)
                        .SelectMany(person => (float[])[person, person, person + 20, person + 20]).ToArray(), [people, 4]),
                    (PostureGraph.PicturesName, new long[people], [people]),
                ],
                PostureGraph.PosturesName, [people, PostureWeights.Outputs]);
        }
    }

    /// <summary>Runs the models: one whole picture for each entry, and so many crops.</summary>
    /// <param name="closeLooks">For each picture, how many crops.</param>
    public Task RunAsync(int[] closeLooks) => Task.Run(() =>
    {
        foreach (int crops in closeLooks)
        {
            _multiPose.Run();
            _postures?.Run();
            for (int i = 0; i < crops; i++)
            {
                _singlePose.Run();
            }
        }
    });

    /// <inheritdoc />
    public void Dispose()
    {
        _multiPose.Dispose();
        _postures?.Dispose();
        _singlePose.Dispose();
    }

    private sealed class BareModel : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtIoBinding _binding;
        private readonly List<OrtValue> _values = [];

        public BareModel(
            byte[] onnx, IEnumerable<(string Name, Array Values, long[] Shape)> inputs, IEnumerable<ModelHead> heads, int width, int height)
            : this(onnx, inputs)
        {
            foreach (ModelHead head in heads)
            {
                Bind(head.Name, [1, head.Channels, height / head.Stride, width / head.Stride]);
            }
        }

        public BareModel(byte[] onnx, IEnumerable<(string Name, Array Values, long[] Shape)> inputs, string output, long[] shape)
            : this(onnx, inputs) => Bind(output, shape);

        private BareModel(byte[] onnx, IEnumerable<(string Name, Array Values, long[] Shape)> inputs)
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(onnx, options);
            _binding = _session.CreateIoBinding();
            var random = new Random(1);
            foreach ((string name, Array values, long[] shape) in inputs)
            {
                if (values is byte[] picture)
                {
                    random.NextBytes(picture);
                }

                OrtValue input = values switch
                {
                    byte[] bytes => OrtValue.CreateTensorValueFromMemory(bytes, shape),
                    long[] numbers => OrtValue.CreateTensorValueFromMemory(numbers, shape),
                    _ => OrtValue.CreateTensorValueFromMemory((float[])values, shape),
                };
                _binding.BindInput(name, input);
                _values.Add(input);
            }
        }

        public void Run() => _session.RunWithBinding(_options, _binding);

        public void Dispose()
        {
            _binding.Dispose();
            _values.ForEach(value => value.Dispose());
            _options.Dispose();
            _session.Dispose();
        }

        private void Bind(string name, long[] shape)
        {
            var output =
                OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, static (product, size) => product * size)], shape);
            _binding.BindOutput(name, output);
            _values.Add(output);
        }
    }
}
