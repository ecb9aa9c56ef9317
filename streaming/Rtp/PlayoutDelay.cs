using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>
/// The playout-delay extension of RTP (webrtc.org, experiments/rtp-hdrext/playout-delay): how long a player may hold a
/// picture between its arrival and the screen.
/// </summary>
/// <remarks>
/// A player that synchronises lips holds the pictures for as long as it buffers the sound, which on a busy computer is
/// half a second and more. A visit shows what is happening now, so there is an upper limit. The lower one is not zero,
/// which would mean a player without any buffer: on a network that loses packets every repair would be seen.
/// </remarks>
internal static class PlayoutDelay
{
    /// <summary>The extension's name in SDP.</summary>
    public const string ExtensionUri = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

    /// <summary>The bytes of the element's value.</summary>
    public const int Length = 3;

    private const uint Least = 1;
    private const uint Most = 10;

    /// <summary>Writes the element's value: two limits of 12 bits, in units of 10 ms.</summary>
    public static void Write(Span<byte> destination)
    {
        const uint Limits = (Least << 12) | Most;
        destination[0] = (byte)(Limits >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)(Limits & ushort.MaxValue));
    }
}
