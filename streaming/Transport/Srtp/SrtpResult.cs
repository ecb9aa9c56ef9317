namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The outcome for one packet.</summary>
/// <param name="Error"><see cref="SrtpError.None"/> when the packet was processed.</param>
/// <param name="Length">The packet's new length in bytes; 0 on an error, when the buffer's content is undefined.</param>
public readonly record struct SrtpResult(SrtpError Error, int Length)
{
    /// <summary>True when the packet was processed.</summary>
    public bool Succeeded => Error == SrtpError.None;

    internal static SrtpResult Failure(SrtpError error) => new(error, 0);

    internal static SrtpResult Success(int length) => new(SrtpError.None, length);
}
