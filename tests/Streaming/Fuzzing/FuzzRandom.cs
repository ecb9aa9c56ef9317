namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014). Every input has a generator of its own, seeded by its number, so that any one
/// of them can be made again without those before it.
/// </summary>
internal struct FuzzRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    private FuzzRandom(ulong state) => _state = state;

    /// <summary>The generator of one input of a run.</summary>
    public static FuzzRandom Of(ulong seed, long iteration)
    {
        var ofRun = new FuzzRandom(seed);
        return new FuzzRandom(ofRun.Next() + ((ulong)iteration * Step));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var mixed = _state += Step;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to, but not including, the limit.</summary>
    public int Below(int limit) => (int)((Next() >> 32) * (ulong)limit >> 32);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;
}
