using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models;

namespace Xunke.Bench.Analysis;

/// <summary>
/// The baseline: ONNX Runtime and nothing else. Both models bound to buffers of their own at the sizes that the whole path
/// uses, one thread, run as often as the whole path ran them; nothing is filled in and nothing read out.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly BareModel _multiPose;
    private readonly BareModel _singlePose;

    /// <summary>Loads the models.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="width">Width of the whole picture's input.</param>
    /// <param name="height">Height of the whole picture's input.</param>
    public BareLoop(ModelFiles files, int width, int height)
    {
        _multiPose = new BareModel(files.MultiPose, width, height);
        _singlePose = new BareModel(files.SinglePose, 192, 192);
    }

    /// <summary>Runs the models: one whole picture for each entry, and so many crops.</summary>
    /// <param name="closeLooks">For each picture, how many crops.</param>
    public Task RunAsync(int[] closeLooks) => Task.Run(() =>
    {
        foreach (int crops in closeLooks)
        {
            _multiPose.Run();
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
        _singlePose.Dispose();
    }

    private sealed class BareModel : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtIoBinding _binding;
        private readonly List<OrtValue> _values = [];

        public BareModel(string path, int width, int height)
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(path, options);
            _binding = _session.CreateIoBinding();
            var picture = new byte[width * height * 3];
            new Random(1).NextBytes(picture);
            var input = OrtValue.CreateTensorValueFromMemory(picture, [1, height, width, 3]);
            _binding.BindInput(_session.InputNames[0], input);
            _values.Add(input);
            foreach ((string name, NodeMetadata shape) in _session.OutputMetadata)
            {
                int channels = shape.Dimensions[1];
                var output = OrtValue.CreateTensorValueFromMemory(new float[channels * (width / 4) * (height / 4)], [1, channels, height / 4, width / 4]);
                _binding.BindOutput(name, output);
                _values.Add(output);
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
    }
}
