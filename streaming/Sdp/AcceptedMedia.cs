namespace Xunke.Streaming.Sdp;

/// <summary>A media section that the edge agreed to, and how.</summary>
/// <param name="SectionIndex">The section's place in the offer.</param>
/// <param name="Kind">Audio or video.</param>
/// <param name="Codec">The chosen codec with the offerer's payload type.</param>
/// <param name="ArrivalExtensionId">The identifier of the transport-wide sequence number extension; 0 when not used.</param>
/// <param name="RepairType">The payload type of retransmissions (RFC 4588); null when lost packets are sent again as they were.</param>
/// <param name="Layers">The simulcast layers received; null without simulcast.</param>
internal sealed record AcceptedMedia(
    int SectionIndex, MediaKind Kind, RtpCodec Codec, int ArrivalExtensionId, int? RepairType, AcceptedLayers? Layers = null)
{
    /// <summary>The identifier of the playout delay extension, towards a viewer; 0 when not used.</summary>
    public int PlayoutDelayId { get; init; }
}
