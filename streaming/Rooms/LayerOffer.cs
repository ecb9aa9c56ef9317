using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rooms;

/// <summary>What a layer costs.</summary>
/// <param name="Index">
/// Its place among the room's video tracks; of a track's base pictures alone (RFC 7741 4.2, temporal layer 0) it is
/// <see cref="AcceptedLayers.Most"/> more.
/// </param>
/// <param name="BitsPerSecond">What it took of late; more than 0.</param>
internal readonly record struct LayerOffer(int Index, long BitsPerSecond)
{
    /// <summary>The offer of a track's base pictures alone.</summary>
    public static LayerOffer OfBase(int track, long bitsPerSecond) => new(track + AcceptedLayers.Most, bitsPerSecond);

    public static int TrackOf(int index) => index % AcceptedLayers.Most;

    /// <summary>Whether an index means a track's base pictures alone.</summary>
    public static bool IsBaseAlone(int index) => index >= AcceptedLayers.Most;
}
