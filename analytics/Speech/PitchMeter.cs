namespace Xunke.Analytics.Speech;

/// <summary>The pitch of a voice by autocorrelation (Boersma, 1993): where a sound repeats itself best. Not thread-safe.</summary>
internal sealed class PitchMeter
{
    /// <summary>Samples that it looks at: 64 ms, three periods of the deepest voice.</summary>
    public const int Window = 1024;

    private const float LowestHertz = 60;
    private const float HighestHertz = 450;

    /// <summary>How well a sound must repeat itself to be voiced, 0 to 1; noise at 10 dB below the voice still leaves about 0.8.</summary>
    private const float VoicedFrom = 0.5f;

    /// <summary>Among about equally good periods the shorter is right; the longer is a multiple.</summary>
    private const float PreferShorter = 0.9f;

    private readonly FourierTransform _fourier = new(2 * Window);
    private readonly float[] _real = new float[2 * Window];
    private readonly float[] _imaginary = new float[2 * Window];
    private readonly float[] _hann = new float[Window];
    private readonly float[] _hannCorrelation = new float[Window / 2];

    public PitchMeter()
    {
        for (int i = 0; i < Window; i++)
        {
            _hann[i] = 0.5f - 0.5f * MathF.Cos(2 * MathF.PI * (i + 0.5f) / Window);
        }

        Correlate(_hann);
        for (int lag = 0; lag < _hannCorrelation.Length; lag++)
        {
            _hannCorrelation[lag] = _real[lag] / _real[0];
        }
    }

    /// <summary>The pitch in hertz, or null where there is none.</summary>
    /// <param name="samples"><see cref="Window"/> samples.</param>
    public float? Measure(ReadOnlySpan<float> samples)
    {
        float mean = 0;
        foreach (float sample in samples)
        {
            mean += sample;
        }

        mean /= samples.Length;
        Span<float> windowed = stackalloc float[Window];
        for (int i = 0; i < Window; i++)
        {
            windowed[i] = (samples[i] - mean) * _hann[i];
        }

        Correlate(windowed);
        float energy = _real[0];
        if (energy < 1e-9f)
        {
            return null;
        }

        int shortest = (int)(SoundFormat.Rate / HighestHertz), longest = (int)(SoundFormat.Rate / LowestHertz);
        float best = 0;
        for (int lag = shortest; lag <= longest; lag++)
        {
            best = MathF.Max(best, Repeats(lag));
        }

        if (best < VoicedFrom)
        {
            return null;
        }

        for (int lag = shortest; lag <= longest; lag++)
        {
            float here = Repeats(lag);
            if (here >= PreferShorter * best && here >= Repeats(lag - 1) && here >= Repeats(lag + 1))
            {
                return SoundFormat.Rate / (lag + Offset(Repeats(lag - 1), here, Repeats(lag + 1)));
            }
        }

        return null;

        float Repeats(int lag) => _real[lag] / energy / _hannCorrelation[lag];
    }

    /// <summary>Where between the samples a peak lies, by a parabola through three of them.</summary>
    private static float Offset(float before, float here, float after)
    {
        float bend = before - 2 * here + after;
        return bend < 0 ? Math.Clamp(0.5f * (before - after) / bend, -0.5f, 0.5f) : 0;
    }

    /// <summary>Leaves the autocorrelation in the real part.</summary>
    private void Correlate(ReadOnlySpan<float> samples)
    {
        samples.CopyTo(_real);
        Array.Clear(_real, Window, Window);
        Array.Clear(_imaginary);
        _fourier.Run(_real, _imaginary);
        for (int i = 0; i < _real.Length; i++)
        {
            _real[i] = _real[i] * _real[i] + _imaginary[i] * _imaginary[i];
            _imaginary[i] = 0;
        }

        _fourier.Run(_real, _imaginary);
    }
}
