using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Xunke.Tests.Support.Speaking;

/// <summary>Lets espeak-ng speak (Debian: espeak-ng).</summary>
internal static class EspeakVoice
{
    /// <summary>Sample rate of everything in the tests of speech.</summary>
    public const int Rate = 16000;

    private const int EspeakRate = 22050;
    private const float Silence = 0.01f;

    /// <summary>Half the taps of the resampling filter.</summary>
    private const int FilterReach = 24;

    /// <summary>The text spoken, at <see cref="Rate"/>, without silence around it, at a root mean square of 1.</summary>
    public static float[] Say(SpokenVoice voice, string text)
    {
        var start = new ProcessStartInfo("espeak-ng") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["-v", voice.Name, "-p", Text(voice.Pitch), "-s", Text(voice.Speed), "--stdout", text])
        {
            start.ArgumentList.Add(argument);
        }

        using Process espeak = Process.Start(start)!;
        using var wave = new MemoryStream();
        espeak.StandardOutput.BaseStream.CopyTo(wave);
        espeak.WaitForExit();
        if (espeak.ExitCode != 0)
        {
            throw new InvalidOperationException($"espeak-ng failed for the voice {voice.Name}.");
        }

        return Normalise(Trim(Resample(Samples(wave.ToArray()))));
    }

    private static float[] Samples(byte[] wave)
    {
        int data = wave.AsSpan().IndexOf("data"u8) + 8;
        var samples = new float[(wave.Length - data) / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wave.AsSpan(data + i * 2)) / 32768f;
        }

        return samples;
    }

    /// <summary>Windowed-sinc interpolation, cut off just below half the lower rate.</summary>
    private static float[] Resample(float[] input)
    {
        const double step = (double)EspeakRate / Rate, cutoff = 0.94 / step;
        var output = new float[(int)(input.Length / step)];
        for (int i = 0; i < output.Length; i++)
        {
            double centre = i * step, sum = 0;
            int first = Math.Max(0, (int)centre - FilterReach), last = Math.Min(input.Length - 1, (int)centre + FilterReach);
            for (int tap = first; tap <= last; tap++)
            {
                double x = tap - centre;
                double sinc = x == 0 ? cutoff : Math.Sin(Math.PI * cutoff * x) / (Math.PI * x);
                sum += input[tap] * sinc * (0.5 + 0.5 * Math.Cos(Math.PI * x / (FilterReach + 1)));
            }

            output[i] = (float)sum;
        }

        return output;
    }

    private static float[] Trim(float[] samples)
    {
        int first = Array.FindIndex(samples, sample => MathF.Abs(sample) > Silence);
        int last = Array.FindLastIndex(samples, sample => MathF.Abs(sample) > Silence);
        return first < 0 ? throw new InvalidOperationException("espeak-ng said nothing.") : samples[first..(last + 1)];
    }

    private static float[] Normalise(float[] samples)
    {
        float rms = MathF.Sqrt(samples.Sum(sample => sample * sample) / samples.Length);
        return Array.ConvertAll(samples, sample => sample / rms);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
