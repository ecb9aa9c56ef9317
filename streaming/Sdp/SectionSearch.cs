using System.Diagnostics.CodeAnalysis;

namespace Xunke.Streaming.Sdp;

/// <summary>A section of an offer that can be taken, and in which of its formats.</summary>
internal sealed record FoundSection(int Index, MediaSection Section, RtpCodec Codec);

/// <summary>Looks through an offer for sections that can be taken, and says of each other one why it was passed over.</summary>
/// <param name="direction">What the offerer must do in the section: send or receive.</param>
internal sealed class SectionSearch(SessionDescription offer, MediaDirection direction)
{
    private const int LongestEcho = 40;

    private readonly string?[] _reasons = new string?[offer.Media.Length];

    /// <summary>Finds the first section of a kind that can be taken.</summary>
    /// <param name="choose">Chooses one of its formats; null when none is known.</param>
    /// <param name="wanted">The formats that would do, for people.</param>
    /// <param name="foreign">The formats offered in the first section whose only fault is that none is known; otherwise null.</param>
    /// <exception cref="SdpException">The only sections of the kind that could be taken lack what WebRTC needs.</exception>
    public FoundSection? Find(MediaKind kind, Func<MediaSection, RtpCodec?> choose, string wanted, out IReadOnlyList<string>? foreign)
    {
        foreign = null;
        string? broken = null;
        for (var i = 0; i < offer.Media.Length; i++)
        {
            var section = offer.Media[i];
            if (!section.IsOf(kind))
            {
                continue;
            }

            if (PassedOver(section) is { } reason)
            {
                _reasons[i] = reason;
            }
            else if (choose(section) is not { } codec)
            {
                var names = Names(section);
                _reasons[i] = $"offers no known format ({(names.Count == 0 ? "none" : string.Join(", ", names))}; needed is {wanted})";
                foreign ??= names;
            }
            else if (Missing(section) is { } missing)
            {
                _reasons[i] = missing;
                broken ??= $"The offer's {Name(i)} {missing}.";
            }
            else
            {
                foreign = null;
                return new FoundSection(i, section, codec);
            }
        }

        return broken is null ? null : throw new SdpException(broken);
    }

    /// <summary>Says that sections of a kind are not asked for.</summary>
    public void Exclude(MediaKind kind, string reason)
    {
        for (var i = 0; i < offer.Media.Length; i++)
        {
            _reasons[i] ??= offer.Media[i].IsOf(kind) ? reason : null;
        }
    }

    /// <summary>Refuses the offer, with the reason for each section.</summary>
    [DoesNotReturn]
    public void ThrowNothing(string what)
    {
        var reasons = _reasons.Select((reason, i) => $"{Name(i)} {reason ?? "is neither audio nor video"}");
        throw new SdpException(_reasons.Length == 0 ? $"{what}." : $"{what}: {string.Join("; ", reasons)}.");
    }

    /// <summary>The names of a section's formats, for people.</summary>
    public static List<string> Names(MediaSection section) =>
        section.Codecs.Select(codec => Echo(codec.Name)).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();

    private string Name(int index) => NameOf(offer, index);

    /// <summary>What people are told a section by.</summary>
    public static string NameOf(SessionDescription offer, int index)
    {
        var section = offer.Media[index];
        return $"section {index + 1} ({Echo(section.Kind)}{(section.Mid is null ? string.Empty : $", mid {Echo(section.Mid)}")})";
    }

    private string? PassedOver(MediaSection section) => section switch
    {
        { IsActive: false } => "is switched off (port 0 without a=bundle-only)",
        _ when !MediaProfile.IsRtp(section.Protocol) => $"has the profile {Echo(section.Protocol)}, which is not RTP",
        { Direction: MediaDirection.Inactive } => "is inactive (a=inactive)",
        _ when section.Direction == direction || section.Direction == MediaDirection.SendReceive => null,
        { Direction: MediaDirection.ReceiveOnly } => "only receives (a=recvonly)",
        _ => "only sends (a=sendonly)",
    };

    private string? Missing(MediaSection section) =>
        offer.FingerprintOf(section) is null ? "has no DTLS fingerprint (a=fingerprint), and media are taken by DTLS-SRTP only"
        : offer.UserFragmentOf(section) is null ? "has no ICE user fragment (a=ice-ufrag)"
        : offer.PasswordOf(section) is null ? "has no ICE password (a=ice-pwd)"
        : null;

    private static string Echo(string text) => text.Length <= LongestEcho ? text : $"{text[..LongestEcho]}…";
}
