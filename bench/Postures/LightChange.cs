namespace Xunke.Bench.Postures;

/// <summary>Other light, another camera: applied pixel by pixel.</summary>
/// <param name="random">Where the grain comes from.</param>
internal sealed class LightChange(Random random)
{
    private readonly byte[][] _tones = Tones(random);

    /// <summary>0 leaves the colours, 1 takes them all, as cameras do at night.</summary>
    private readonly float _grey = random.NextSingle() < 0.2f ? 1 : random.NextSingle() / 2;

    private readonly int _grain = random.NextSingle() < 0.5f ? random.Next(1, 12) : 0;

    /// <summary>Changes a row of RGB pixels.</summary>
    public void Apply(Span<byte> row)
    {
        for (int x = 0; x < row.Length; x += 3)
        {
            float red = _tones[0][row[x]], green = _tones[1][row[x + 1]], blue = _tones[2][row[x + 2]];
            // Weights of Rec. 601.
            float luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            float grain = _grain == 0 ? 0 : random.Next(-_grain, _grain + 1);
            row[x] = Byte(red + ((luma - red) * _grey) + grain);
            row[x + 1] = Byte(green + ((luma - green) * _grey) + grain);
            row[x + 2] = Byte(blue + ((luma - blue) * _grey) + grain);
        }
    }

    /// <summary>What becomes of each value of red, green and blue: one gamma, contrast and lightness, and a gain for each colour.</summary>
    private static byte[][] Tones(Random random)
    {
        double gamma = Math.Exp(random.NextDouble() - 0.5), contrast = 0.75 + (0.4 * random.NextDouble()),
            light = 40 * (random.NextDouble() - 0.5);
        return [.. Enumerable.Range(0, 3).Select(_ => 0.88 + (0.24 * random.NextDouble())).ToArray().Select(gain => Enumerable.Range(0, 256)
            .Select(value => Byte((float)(gain * ((((Math.Pow(value / 255.0, gamma) * 255) - 128) * contrast) + 128 + light)))).ToArray())];
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value, 0, 255);
}
