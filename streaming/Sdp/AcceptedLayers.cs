using System.Collections.Immutable;

namespace Xunke.Streaming.Sdp;

/// <summary>The simulcast layers that the edge agreed to receive (RFC 8853).</summary>
/// <param name="Ids">Their restriction identifiers, in the offer's order; not empty.</param>
/// <param name="ExtensionId">The identifier of the header extension that names a packet's layer (RFC 8852 3.1).</param>
/// <param name="RepairExtensionId">The same of a retransmission (RFC 8852 3.2); 0 when not used.</param>
internal sealed record AcceptedLayers(ImmutableArray<string> Ids, int ExtensionId, int RepairExtensionId)
{
    /// <summary>How many layers are taken.</summary>
    public const int Most = 3;

    /// <summary>The URI of the extension that names a packet's layer.</summary>
    public const string ExtensionUri = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

    /// <summary>The URI of the extension that names a retransmission's layer.</summary>
    public const string RepairExtensionUri = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

    /// <summary>Chooses the layers of a section; null when it offers none, or does not name them in its packets.</summary>
    public static AcceptedLayers? Of(MediaSection section)
    {
        var extension = section.Extension(ExtensionUri);
        return section.SentLayers.IsEmpty || extension == 0
            ? null
            : new AcceptedLayers([.. section.SentLayers.Take(Most)], extension, section.Extension(RepairExtensionUri));
    }
}
