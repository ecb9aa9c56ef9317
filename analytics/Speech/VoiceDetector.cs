using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace Xunke.Analytics.Speech;

/// <summary>
/// Says how likely each 32 ms of sound hold a voice: Silero VAD 5, a small recurrent network. It hears one channel from its start
/// to its end, in order. Not thread-safe.
/// </summary>
internal sealed class VoiceDetector : IDisposable
{
    /// <summary>The network also hears the end of the chunk before.</summary>
    private const int Context = 64;

    private const int StateSize = 2 * 128;

    /// <summary>
    /// The networks by their files, loaded once for the process: its weights are most of a listener's memory, and rooms that take turns
    /// find them in the processor's cache. A session may be run by many threads at once.
    /// </summary>
    private static readonly ConcurrentDictionary<string, Lazy<InferenceSession>> Networks = new(StringComparer.Ordinal);

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly float[] _input = new float[Context + SoundFormat.Chunk];
    private readonly float[] _state = new float[StateSize];
    private readonly float[] _nextState = new float[StateSize];
    private readonly float[] _probability = new float[1];
    private readonly long[] _rate = [SoundFormat.Rate];

    /// <exception cref="OnnxRuntimeException">The file is missing or is no model.</exception>
    public VoiceDetector(string path)
    {
        // A failed load is tried anew by the next listener.
        _session = Networks.GetOrAdd(path,
            static file => new Lazy<InferenceSession>(() => Load(file), LazyThreadSafetyMode.PublicationOnly)).Value;
        _binding = _session.CreateIoBinding();
        BindInput("input", Value(_input, [1, _input.Length]));
        BindInput("state", Value(_state, [2, 1, 128]));
        BindInput("sr", Value(_rate, []));
        BindOutput("output", Value(_probability, [1, 1]));
        BindOutput("stateN", Value(_nextState, [2, 1, 128]));
    }

    /// <summary>Where the build puts the network: models beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "models", "silero_vad_v5.onnx");

    /// <param name="chunk">Exactly <see cref="SoundFormat.Chunk"/> samples.</param>
    /// <returns>How likely it holds a voice, 0 to 1.</returns>
    public float Hear(ReadOnlySpan<float> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chunk.Length, SoundFormat.Chunk);
        _input.AsSpan(SoundFormat.Chunk).CopyTo(_input);
        chunk.CopyTo(_input.AsSpan(Context));
        _session.RunWithBinding(_run, _binding);
        _nextState.CopyTo(_state, 0);
        return _probability[0];
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
    }

    private static InferenceSession Load(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(path, options);
    }

    private static OrtValue Value<T>(T[] memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(memory, shape);

    private void BindInput(string name, OrtValue value)
    {
        _values.Add(value);
        _binding.BindInput(name, value);
    }

    private void BindOutput(string name, OrtValue value)
    {
        _values.Add(value);
        _binding.BindOutput(name, value);
    }
}
