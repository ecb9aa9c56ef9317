namespace Xunke.Analytics.Speech;

/// <summary>The discrete Fourier transform of one power-of-two length, in place (radix 2). Not thread-safe.</summary>
internal sealed class FourierTransform
{
    private readonly float[] _cosines;
    private readonly float[] _sines;
    private readonly int[] _reversed;

    /// <param name="length">A power of two.</param>
    public FourierTransform(int length)
    {
        Length = length;
        _cosines = new float[length / 2];
        _sines = new float[length / 2];
        for (int i = 0; i < length / 2; i++)
        {
            (double sine, double cosine) = Math.SinCos(-2 * Math.PI * i / length);
            (_cosines[i], _sines[i]) = ((float)cosine, (float)sine);
        }

        int bits = int.Log2(length);
        _reversed = new int[length];
        for (int i = 1; i < length; i++)
        {
            _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
        }
    }

    public int Length { get; }

    /// <param name="real">Real parts, <see cref="Length"/> of them.</param>
    public void Run(Span<float> real, Span<float> imaginary)
    {
        for (int i = 0; i < Length; i++)
        {
            int other = _reversed[i];
            if (other > i)
            {
                (real[i], real[other]) = (real[other], real[i]);
                (imaginary[i], imaginary[other]) = (imaginary[other], imaginary[i]);
            }
        }

        for (int half = 1; half < Length; half *= 2)
        {
            int stride = Length / (2 * half);
            for (int start = 0; start < Length; start += 2 * half)
            {
                for (int i = start, turn = 0; i < start + half; i++, turn += stride)
                {
                    float re = real[i + half] * _cosines[turn] - imaginary[i + half] * _sines[turn];
                    float im = real[i + half] * _sines[turn] + imaginary[i + half] * _cosines[turn];
                    (real[i + half], imaginary[i + half]) = (real[i] - re, imaginary[i] - im);
                    (real[i], imaginary[i]) = (real[i] + re, imaginary[i] + im);
                }
            }
        }
    }
}
