namespace Xunke.Streaming.Sdp;

/// <summary>
/// Refuses an offer that contradicts itself in a way that would fail silently once connected. What the sections of one
/// BUNDLE share is one RTP session (RFC 8843 9): packets are told apart by payload type, source and header extension.
/// </summary>
internal static class OfferConsistency
{
    // RFC 8285 8: identifiers from here on only stand in for ones that are yet to be chosen.
    private const int FirstPlaceholder = 4096;

    /// <summary>Checks an offer.</summary>
    /// <exception cref="SdpException">Two of its sections clash; the message names both and the clash.</exception>
    public static void Check(SessionDescription offer)
    {
        var mids = new Dictionary<string, int>(StringComparer.Ordinal);
        List<int> bundled = [];
        for (var i = 0; i < offer.Media.Length; i++)
        {
            var section = offer.Media[i];
            if (section.Mid is not { } mid)
            {
                continue;
            }

            if (!mids.TryAdd(mid, i))
            {
                throw new SdpException($"The offer's {Name(offer, mids[mid])} and {Name(offer, i)} have the same identification (a=mid).");
            }

            if (section.IsActive && offer.Bundle.Contains(mid))
            {
                bundled.Add(i);
            }
        }

        CheckTransport(offer, bundled);
        bundled.RemoveAll(i => offer.Media[i].Direction == MediaDirection.Inactive || !MediaProfile.IsRtp(offer.Media[i].Protocol));
        CheckFormats(offer, bundled);
        CheckExtensions(offer, bundled);
        CheckSources(offer, bundled);
    }

    // There is one DTLS association for all of them, so one certificate and one role.
    private static void CheckTransport(SessionDescription offer, List<int> bundled)
    {
        int? first = null, active = null, passive = null;
        foreach (var i in bundled)
        {
            var section = offer.Media[i];
            if ((section.Fingerprint ?? offer.Fingerprint) is { } fingerprint && SdpText.IsSha256(fingerprint))
            {
                first ??= i;
                if ((offer.Media[first.Value].Fingerprint ?? offer.Fingerprint) != fingerprint)
                {
                    throw new SdpException(
                        $"The offer's {Name(offer, first.Value)} and {Name(offer, i)} are in one BUNDLE, but name different certificates (a=fingerprint).");
                }
            }

            var setup = section.Setup ?? offer.Setup;
            active = setup == "active" ? active ?? i : active;
            passive = setup == "passive" ? passive ?? i : passive;
        }

        if (active is { } client && passive is { } server)
        {
            throw new SdpException(
                $"The offer's {Name(offer, client)} and {Name(offer, server)} are in one BUNDLE, but one is the active and one the passive side of DTLS (a=setup).");
        }
    }

    private static void CheckFormats(SessionDescription offer, List<int> bundled)
    {
        var formats = new Dictionary<string, (int Section, string Format)>(StringComparer.Ordinal);
        foreach (var i in bundled)
        {
            var section = offer.Media[i];
            foreach (var type in section.Formats.Distinct(StringComparer.Ordinal))
            {
                var codec = section.Codecs.FirstOrDefault(
                    codec => codec.PayloadType.ToString(System.Globalization.CultureInfo.InvariantCulture) == type);
                var format = codec?.Format ?? $"a format of {section.Kind} without a=rtpmap";
                if (!formats.TryAdd(type, (i, format)) && !formats[type].Format.Equals(format, StringComparison.OrdinalIgnoreCase))
                {
                    var (other, known) = formats[type];
                    throw new SdpException(
                        $"Payload type {type} stands for {known} in {Name(offer, other)} and for {format} in {Name(offer, i)}: "
                        + "in one BUNDLE each format needs a payload type of its own (RFC 8843 9)");
                }
            }
        }
    }

    private static void CheckExtensions(SessionDescription offer, List<int> bundled)
    {
        var uris = new Dictionary<int, (int Section, string Uri)>();
        foreach (var i in bundled)
        {
            foreach (var extension in offer.Media[i].Extensions)
            {
                if (extension.Id < FirstPlaceholder && !uris.TryAdd(extension.Id, (i, extension.Uri))
                    && uris[extension.Id].Uri != extension.Uri)
                {
                    throw new SdpException(
                        $"Header extension {extension.Id} (a=extmap) stands for {uris[extension.Id].Uri} in {Name(offer, uris[extension.Id].Section)} "
                        + $"and for {extension.Uri} in {Name(offer, i)}: in one BUNDLE each needs an identifier of its own (RFC 8843 9)");
                }
            }
        }
    }

    // SRTP counts packets by source: two streams under one would be taken for replays of each other.
    private static void CheckSources(SessionDescription offer, List<int> bundled)
    {
        var sources = new Dictionary<uint, int>();
        foreach (var i in bundled)
        {
            var section = offer.Media[i];
            if (section.Direction == MediaDirection.ReceiveOnly)
            {
                continue;
            }

            foreach (var source in section.Sources)
            {
                if (!sources.TryAdd(source, i) && sources[source] != i)
                {
                    throw new SdpException(
                        $"Source {source} (a=ssrc) is named in {Name(offer, sources[source])} and in {Name(offer, i)}: each stream needs a source of its own");
                }
            }
        }
    }

    private static string Name(SessionDescription offer, int index) => SectionSearch.NameOf(offer, index);
}
