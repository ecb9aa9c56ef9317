namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>What must hold for any input.</summary>
internal static class Expect
{
    /// <summary>Fails the input when a property does not hold.</summary>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void True(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"A property is broken: {otherwise}.");
        }
    }
}
