using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Sdp;

/// <summary>Writes the edge's answer to an offer: ICE-lite, everything on one port (RFC 8829 5.3, RFC 8839).</summary>
internal sealed class AnswerWriter
{
    /// <summary>The stream identification and canonical name of all that the edge sends to one viewer.</summary>
    public const string StreamName = "xunke";

    // In kbit/s.
    private const string SenderBitrates = "x-google-start-bitrate=1200;x-google-min-bitrate=300";

    private readonly StringBuilder _text = new(2048);

    /// <summary>The offer answered.</summary>
    public required SessionDescription Offer { get; init; }

    /// <summary>The sections agreed to, in the offer's order; not empty.</summary>
    public required ImmutableArray<AcceptedMedia> Accepted { get; init; }

    /// <summary>The edge's own credentials, fingerprint and DTLS role.</summary>
    public required TransportParameters Local { get; init; }

    /// <summary>Where the edge is reached.</summary>
    public required HostCandidates Candidates { get; init; }

    /// <summary>The SSRC that the edge sends each kind with; null towards a publisher, from whom it only receives.</summary>
    public Func<MediaKind, uint>? Ssrc { get; init; }

    /// <summary>The SSRC of the retransmissions of each kind; null for a kind without.</summary>
    public Func<MediaKind, uint?> RepairSsrc { get; init; } = static _ => null;

    public string Write()
    {
        Line("v=0");
        // RFC 8829 5.2.1: the session identifier is any number; peers of this edge never renegotiate, so the version stays.
        Line($"o=- {Random.Shared.NextInt64(1, long.MaxValue)} 1 IN {Address(Candidates.Addresses[0])}");
        Line("s=-");
        Line("t=0 0");
        Line("a=ice-lite");
        if (!Offer.Bundle.IsEmpty)
        {
            Line($"a=group:BUNDLE {string.Join(' ', Accepted.Select(media => Offer.Media[media.SectionIndex].Mid))}");
        }

        if (Offer.ExtensionsMayMix)
        {
            Line("a=extmap-allow-mixed");
        }

        Line("a=msid-semantic: WMS *");
        for (var i = 0; i < Offer.Media.Length; i++)
        {
            if (Accepted.FirstOrDefault(media => media.SectionIndex == i) is { } accepted)
            {
                AcceptedSection(Offer.Media[i], accepted);
            }
            else
            {
                RejectedSection(Offer.Media[i]);
            }
        }

        return _text.ToString();
    }

    // RFC 8829 5.3.1: a section is rejected with port 0 and otherwise as it was offered.
    private void RejectedSection(MediaSection section)
    {
        Line($"m={section.Kind} 0 {section.Protocol} {string.Join(' ', section.Formats)}");
        Line("c=IN IP4 0.0.0.0");
        Line("a=inactive");
        if (section.Mid is not null)
        {
            Line($"a=mid:{section.Mid}");
        }
    }

    private void AcceptedSection(MediaSection section, AcceptedMedia media)
    {
        var codec = media.Codec;
        var type = codec.PayloadType;
        Line($"m={section.Kind} {Candidates.UdpPort} {section.Protocol} {type}{(media.RepairType is { } listed ? $" {listed}" : string.Empty)}");
        Line($"c=IN {Address(Candidates.Addresses[0])}");
        Line($"a=ice-ufrag:{Local.UserFragment}");
        Line($"a=ice-pwd:{Local.Password}");
        Line($"a=fingerprint:{Local.Fingerprint}");
        Line(Local.Role == DtlsRole.Server ? "a=setup:passive" : "a=setup:active");
        if (section.Mid is not null)
        {
            Line($"a=mid:{section.Mid}");
        }

        Line(Ssrc is null ? "a=recvonly" : "a=sendonly");
        Line("a=rtcp-mux");
        if (section.RtcpReducedSize)
        {
            Line("a=rtcp-rsize");
        }

        Line(media.Kind == MediaKind.Audio
            ? $"a=rtpmap:{type} {codec.Name}/{codec.ClockRate}/{codec.Channels}"
            : $"a=rtpmap:{type} {codec.Name}/{codec.ClockRate}");
        var parameters = Parameters(media);
        if (parameters.Length > 0)
        {
            Line($"a=fmtp:{type} {parameters}");
        }

        Feedback(media);
        if (media.RepairType is { } repair)
        {
            Line($"a=rtpmap:{repair} {RepairFormat.Name}/{codec.ClockRate}");
            Line($"a=fmtp:{repair} apt={type}");
        }

        if (media.Layers is { } layers)
        {
            Layers(layers);
        }

        if (Ssrc is not null)
        {
            Line($"a=msid:{StreamName} {section.Kind}");
            Sources(Ssrc(media.Kind), RepairSsrc(media.Kind));
        }

        if (media == Accepted[0])
        {
            foreach (var line in Candidates.Lines())
            {
                Line(line);
            }
        }
    }

    private void Layers(AcceptedLayers layers)
    {
        Line($"a=extmap:{layers.ExtensionId} {AcceptedLayers.ExtensionUri}");
        if (layers.RepairExtensionId != 0)
        {
            Line($"a=extmap:{layers.RepairExtensionId} {AcceptedLayers.RepairExtensionUri}");
        }

        foreach (var id in layers.Ids)
        {
            Line($"a=rid:{id} recv");
        }

        Line($"a=simulcast:recv {string.Join(';', layers.Ids)}");
    }

    // Chromium starts at 300 kbit/s (a small, ragged picture for seconds) and mistakes heavy jitter for congestion, unless
    // these parameters of its own set a start and a least rate. Other peers ignore unknown parameters.
    private string Parameters(AcceptedMedia media)
    {
        var parameters = media.Codec.FormatParameters;
        return Ssrc is not null || media is not { Kind: MediaKind.Video, ArrivalExtensionId: not 0 } ? parameters
            : parameters.Length == 0 ? SenderBitrates : $"{parameters};{SenderBitrates}";
    }

    private void Sources(uint ssrc, uint? repair)
    {
        if (repair is not null)
        {
            // RFC 4588 8.8, RFC 5576 4.2: which source repairs which.
            Line($"a=ssrc-group:FID {ssrc} {repair}");
        }

        Line($"a=ssrc:{ssrc} cname:{StreamName}");
        if (repair is not null)
        {
            Line($"a=ssrc:{repair} cname:{StreamName}");
        }
    }

    private void Feedback(AcceptedMedia media)
    {
        foreach (var feedback in (ReadOnlySpan<string>)["nack", "nack pli", "ccm fir"])
        {
            if ((media.Kind == MediaKind.Video || feedback == "nack") && media.Codec.Feedback.Contains(feedback))
            {
                Line($"a=rtcp-fb:{media.Codec.PayloadType} {feedback}");
            }
        }

        if (media.ArrivalExtensionId != 0)
        {
            Line($"a=rtcp-fb:{media.Codec.PayloadType} transport-cc");
            Line($"a=extmap:{media.ArrivalExtensionId} {ArrivalFeedback.ExtensionUri}");
        }

        if (media.PlayoutDelayId != 0)
        {
            Line($"a=extmap:{media.PlayoutDelayId} {PlayoutDelay.ExtensionUri}");
        }
    }

    private static string Address(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"IP6 {address}" : $"IP4 {address}";

    private void Line(string line) => _text.Append(CultureInfo.InvariantCulture, $"{line}\r\n");
}
