namespace Xunke.Analytics.Speech;

/// <summary>
/// Hears one channel from start to end and keeps, for each 32 ms, what speakers are told apart by: no sound is kept.
/// Not thread-safe.
/// </summary>
internal sealed class HeardChannel(string modelPath) : IDisposable
{
    /// <summary>Spectra in a chunk: one every 16 ms.</summary>
    public const int SpectraPerChunk = 2;

    /// <summary>The noise is learnt where a voice is at most so likely.</summary>
    private const float NoVoice = 0.15f;

    private const int Hop = SoundFormat.Chunk / SpectraPerChunk;

    private readonly VoiceDetector _detector = new(modelPath);
    private readonly MelCepstrum _cepstrum = new();
    private readonly PitchMeter _pitchMeter = new();

    /// <summary>The last two chunks: a chunk is measured together with the one before it.</summary>
    private readonly float[] _recent = new float[2 * SoundFormat.Chunk];
    private readonly List<float> _probabilities = [];
    private readonly List<float> _energies = [];
    private readonly List<float> _pitches = [];
    private readonly List<float> _cepstra = [];

    /// <summary>How likely each chunk holds a voice.</summary>
    public IReadOnlyList<float> Probabilities => _probabilities;

    /// <summary>Mean square of each chunk's samples.</summary>
    public IReadOnlyList<float> Energies => _energies;

    /// <summary>Pitch of each chunk in hertz, 0 where there is none.</summary>
    public IReadOnlyList<float> Pitches => _pitches;

    /// <summary>The spectra's shapes, <see cref="SpectraPerChunk"/> a chunk, <see cref="MelCepstrum.Size"/> numbers each.</summary>
    public Span<float> Cepstra => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_cepstra);

    /// <param name="chunk">Exactly <see cref="SoundFormat.Chunk"/> samples.</param>
    public void Hear(ReadOnlySpan<float> chunk)
    {
        _recent.AsSpan(SoundFormat.Chunk).CopyTo(_recent);
        chunk.CopyTo(_recent.AsSpan(SoundFormat.Chunk));
        float probability = _detector.Hear(chunk);
        _probabilities.Add(probability);
        _energies.Add(Energy(chunk));
        if (probability <= NoVoice)
        {
            _cepstrum.LearnNoise(chunk);
        }

        _pitches.Add(probability > NoVoice ? _pitchMeter.Measure(_recent) ?? 0 : 0);
        Span<float> cepstrum = stackalloc float[MelCepstrum.Size];
        for (int spectrum = 1; spectrum <= SpectraPerChunk; spectrum++)
        {
            cepstrum.Clear();
            if (probability > NoVoice)
            {
                _cepstrum.Measure(_recent.AsSpan(spectrum * Hop, SoundFormat.Chunk), cepstrum);
            }

            _cepstra.AddRange(cepstrum);
        }
    }

    /// <summary>Passes over a chunk that nobody heard.</summary>
    public void Skip()
    {
        Array.Clear(_recent);
        _probabilities.Add(0);
        _energies.Add(0);
        _pitches.Add(0);
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(_cepstra, _cepstra.Count + SpectraPerChunk * MelCepstrum.Size);
        Cepstra[^(SpectraPerChunk * MelCepstrum.Size)..].Clear();
    }

    public Span<float> CepstraOf(int chunk) =>
        Cepstra.Slice(chunk * SpectraPerChunk * MelCepstrum.Size, SpectraPerChunk * MelCepstrum.Size);

    /// <summary>Adds a chunk that was heard before, so far without a voice.</summary>
    public void Restore(float probability, float energy)
    {
        Skip();
        _probabilities[^1] = probability;
        _energies[^1] = energy;
    }

    public void RestoreVoice(int chunk, float pitch, ReadOnlySpan<float> cepstrum)
    {
        _pitches[chunk] = pitch;
        for (int spectrum = 0; spectrum < SpectraPerChunk; spectrum++)
        {
            cepstrum.CopyTo(CepstraOf(chunk)[(spectrum * MelCepstrum.Size)..]);
        }
    }

    public void Dispose() => _detector.Dispose();

    private static float Energy(ReadOnlySpan<float> chunk)
    {
        float sum = 0;
        foreach (float sample in chunk)
        {
            sum += sample * sample;
        }

        return sum / chunk.Length;
    }
}
