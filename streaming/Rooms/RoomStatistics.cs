using System.Collections.Immutable;

namespace Xunke.Streaming.Rooms;

/// <summary>The figures of one room at one moment.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Publisher">The publisher's figures, or null when nobody publishes.</param>
/// <param name="Viewers">The figures of the connected viewers.</param>
/// <param name="Totals">The counts of all publishers and viewers that the room has had.</param>
public sealed record RoomStatistics(
    string RoomId, PublisherStatistics? Publisher, ImmutableArray<ViewerStatistics> Viewers, RoomTotals Totals);

/// <summary>What came from a publisher. Counters start with its session.</summary>
/// <param name="SessionId">The publisher's session.</param>
/// <param name="Media">What it sends.</param>
/// <param name="Connected">Whether its handshake is finished.</param>
/// <param name="BitsPerSecond">RTP payload and header bits of the last whole second, both kinds together.</param>
/// <param name="Packets">RTP packets received.</param>
/// <param name="Bytes">Their bytes, RTP headers included and SRTP's tags not.</param>
/// <param name="PacketsLost">Packets that never came, after retransmission (RFC 3550 A.3); 0 or more.</param>
/// <param name="VideoJitter">Interarrival jitter of the video (RFC 3550 A.8).</param>
/// <param name="KeyFrameRequests">PLI messages sent to the publisher.</param>
/// <param name="NacksSent">Sequence numbers asked for again; one asked twice counts twice.</param>
/// <param name="Refused">Packets refused: malformed, not authentic, or replayed.</param>
/// <param name="RoundTrip">The newest round trip that its reports showed; null before the first, and for one that tells none.</param>
public sealed record PublisherStatistics(
    string SessionId,
    MediaDescription Media,
    bool Connected,
    long BitsPerSecond,
    long Packets,
    long Bytes,
    long PacketsLost,
    TimeSpan VideoJitter,
    long KeyFrameRequests,
    long NacksSent,
    long Refused,
    TimeSpan? RoundTrip = null);

/// <summary>What went to one viewer. Counters start with its session.</summary>
/// <param name="SessionId">The viewer's session.</param>
/// <param name="BitsPerSecond">RTP payload and header bits of the last whole second, both kinds together.</param>
/// <param name="Packets">RTP packets sent, retransmissions included.</param>
/// <param name="Bytes">Their bytes, RTP headers included and SRTP's tags not.</param>
/// <param name="FractionLost">The newest loss that the viewer reported for its video, 0..1 (RFC 3550 6.4.1).</param>
/// <param name="RoundTrip">The newest round trip measured from its reports, or null before the first.</param>
/// <param name="Jitter">The newest video jitter that it reported.</param>
/// <param name="KeyFrameRequests">PLI and FIR messages received from it.</param>
/// <param name="NacksReceived">Sequence numbers that it asked for again.</param>
/// <param name="Retransmitted">Packets sent again to it.</param>
/// <param name="EstimatedBitsPerSecond">
/// What the path to the viewer carries, as its feedback showed; null while nothing has shown a limit, and for a viewer
/// that gives no transport-wide feedback.
/// </param>
/// <param name="VideoPaused">Whether the video is held back because the path does not carry it; the sound goes on.</param>
/// <param name="Layer">The restriction identifier (RFC 8851) of the simulcast layer that it gets or is about to get; null without
/// simulcast, and while paused.</param>
/// <param name="LayerReduced">Whether the camera gives more than that: a better layer, or more pictures a second.</param>
public sealed record ViewerStatistics(
    string SessionId,
    long BitsPerSecond,
    long Packets,
    long Bytes,
    double FractionLost,
    TimeSpan? RoundTrip,
    TimeSpan Jitter,
    long KeyFrameRequests,
    long NacksReceived,
    long Retransmitted,
    long? EstimatedBitsPerSecond,
    bool VideoPaused,
    string? Layer,
    bool LayerReduced);
