namespace Xunke.Streaming.Sdp;

/// <summary>A media section that the edge agreed to, and how.</summary>
/// <param name="SectionIndex">The section's place in the offer.</param>
/// <param name="Kind">Audio or video.</param>
/// <param name="Codec">The chosen codec with the offerer's payload type.</param>
/// <param name="ArrivalExtensionId">The identifier of the transport-wide sequence number extension; 0 when not used.</param>
internal sealed record AcceptedMedia(int SectionIndex, MediaKind Kind, RtpCodec Codec, int ArrivalExtensionId);
