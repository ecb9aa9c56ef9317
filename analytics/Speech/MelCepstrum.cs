namespace Xunke.Analytics.Speech;

/// <summary>
/// The shape of a sound's spectrum in a dozen numbers: mel-frequency cepstral coefficients (Davis and Mermelstein, 1980), without the
/// first, which is loudness. Steady noise is learnt where nobody speaks and taken off the spectrum (Boll, 1979). Not thread-safe.
/// </summary>
internal sealed class MelCepstrum
{
    public const int Size = 12;

    private const int Bands = 26;
    private const float LowestHertz = 120;
    private const float HighestHertz = 7000;

    /// <summary>Weight of the newest frame of noise: about the last two seconds count.</summary>
    private const float NoiseLearning = 0.03f;

    /// <summary>Smallest share of a band that remains: subtracting more would invent values.</summary>
    private const float LeastLeft = 0.1f;

    private readonly FourierTransform _fourier = new(SoundFormat.Chunk);
    private readonly float[] _window = new float[SoundFormat.Chunk];
    private readonly float[] _real = new float[SoundFormat.Chunk];
    private readonly float[] _imaginary = new float[SoundFormat.Chunk];
    private readonly float[,] _cosines = new float[Size, Bands];
    private readonly float[] _weights = new float[SoundFormat.Chunk / 2];
    private readonly int[] _bandOf = new int[SoundFormat.Chunk / 2];
    private readonly float[] _noise = new float[Bands];
    private readonly float[] _bands = new float[Bands];
    private bool _noiseKnown;

    public MelCepstrum()
    {
        for (int i = 0; i < _window.Length; i++)
        {
            _window[i] = 0.54f - 0.46f * MathF.Cos(2 * MathF.PI * i / (_window.Length - 1));
        }

        for (int coefficient = 0; coefficient < Size; coefficient++)
        {
            for (int band = 0; band < Bands; band++)
            {
                _cosines[coefficient, band] = MathF.Cos(MathF.PI * (coefficient + 1) * (band + 0.5f) / Bands) * MathF.Sqrt(2f / Bands);
            }
        }

        PlaceBands();
    }

    /// <param name="chunk"><see cref="SoundFormat.Chunk"/> samples.</param>
    public void LearnNoise(ReadOnlySpan<float> chunk)
    {
        MeasureBands(chunk);
        for (int band = 0; band < Bands; band++)
        {
            _noise[band] = _noiseKnown ? _noise[band] + NoiseLearning * (_bands[band] - _noise[band]) : _bands[band];
        }

        _noiseKnown = true;
    }

    /// <param name="chunk"><see cref="SoundFormat.Chunk"/> samples.</param>
    /// <param name="cepstrum">Takes <see cref="Size"/> coefficients.</param>
    public void Measure(ReadOnlySpan<float> chunk, Span<float> cepstrum)
    {
        MeasureBands(chunk);
        for (int band = 0; band < Bands; band++)
        {
            _bands[band] = MathF.Log(MathF.Max(_bands[band] - _noise[band], LeastLeft * _bands[band]) + 1e-9f);
        }

        for (int coefficient = 0; coefficient < Size; coefficient++)
        {
            float sum = 0;
            for (int band = 0; band < Bands; band++)
            {
                sum += _cosines[coefficient, band] * _bands[band];
            }

            cepstrum[coefficient] = sum;
        }
    }

    private static float Mel(float hertz) => 2595 * MathF.Log10(1 + hertz / 700);

    /// <summary>Triangles side by side: each line of the spectrum belongs to two neighbouring bands by weight.</summary>
    private void PlaceBands()
    {
        float lowest = Mel(LowestHertz), step = (Mel(HighestHertz) - lowest) / (Bands + 1);
        for (int line = 0; line < _bandOf.Length; line++)
        {
            float place = (Mel((float)line * SoundFormat.Rate / SoundFormat.Chunk) - lowest) / step;
            _bandOf[line] = place < 0 || place >= Bands + 1 ? -2 : (int)place - 1;
            _weights[line] = place - MathF.Floor(place);
        }
    }

    private void MeasureBands(ReadOnlySpan<float> chunk)
    {
        for (int i = 0; i < _real.Length; i++)
        {
            _real[i] = (chunk[i] - (i > 0 ? 0.95f * chunk[i - 1] : 0)) * _window[i];
        }

        Array.Clear(_imaginary);
        _fourier.Run(_real, _imaginary);
        Array.Clear(_bands);
        for (int line = 0; line < _bandOf.Length; line++)
        {
            int band = _bandOf[line];
            float power = _real[line] * _real[line] + _imaginary[line] * _imaginary[line];
            if (band >= 0)
            {
                _bands[band] += power * (1 - _weights[line]);
            }

            if (band >= -1 && band + 1 < Bands)
            {
                _bands[band + 1] += power * _weights[line];
            }
        }
    }
}
