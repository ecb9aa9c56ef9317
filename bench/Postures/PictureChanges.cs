namespace Xunke.Bench.Postures;

/// <summary>Changes at random, the same ones in every run.</summary>
internal sealed class PictureChanges
{
    private const float Nearest = 0.7f;
    private const float Farthest = 1.15f;
    private const float ShareOfCoarse = 0.4f;

    private readonly Random _random = new(1);

    /// <summary>The next change.</summary>
    public PictureChange Next()
    {
        float window = Nearest + ((Farthest - Nearest) * _random.NextSingle());
        return new PictureChange(
            _random.Next(2) == 1, window, (1 - window) * _random.NextSingle(), (1 - window) * _random.NextSingle(),
            _random.NextSingle() < ShareOfCoarse, new LightChange(_random));
    }
}
