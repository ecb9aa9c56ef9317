using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>
/// The playout-delay extension of RTP (webrtc.org, experiments/rtp-hdrext/playout-delay): how long a player may hold a
/// picture between its arrival and the screen.
/// </summary>
/// <remarks>
/// A player that synchronises lips holds the pictures for as long as it buffers the sound, which on a busy computer is
/// half a second and more. A visit shows what is happening now, so there is an upper limit. The lower one is not zero,
/// which would mean a player without any buffer; where packets are lost, it is what their repair takes on both hops, or
/// every repair would be seen.
/// </remarks>
internal static class PlayoutDelay
{
    /// <summary>The extension's name in SDP.</summary>
    public const string ExtensionUri = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

    /// <summary>The bytes of the element's value.</summary>
    public const int Length = 3;

    private const long Unit = 10_000;
    private const long Least = 1;
    private const long Most = 80;
    private const long Room = 9;

    /// <summary>Writes the element's value: two limits of 12 bits, in units of 10 ms.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="lateness">How late packets come, in microseconds.</param>
    public static void Write(Span<byte> destination, long lateness)
    {
        var least = Math.Clamp(1 + (lateness / Unit), Least, Most);
        var limits = (uint)((least << 12) | (least + Room));
        destination[0] = (byte)(limits >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)(limits & ushort.MaxValue));
    }
}
