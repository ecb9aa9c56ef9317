using System.Globalization;

namespace Xunke.Streaming.Sdp;

/// <summary>The H.264 profiles that browsers tell apart in profile-level-id (RFC 6184 8.1).</summary>
internal enum H264Profile
{
    ConstrainedBaseline,
    Baseline,
    Main,
    ConstrainedHigh,
    High,
    Other,
}

/// <summary>Reads the H.264 parameters of a payload type.</summary>
internal static class H264Format
{
    // RFC 6184 8.1: without profile-level-id, Baseline at level 1 is meant.
    private const string DefaultProfileLevel = "420010";
    private const int ConstraintSet1 = 0x40;
    private const int ConstraintSet3 = 0x10;
    private const int ConstraintSets4And5 = 0x0C;

    /// <summary>Whether the payload type uses the non-interleaved mode, in which pictures are fragmented over packets.</summary>
    public static bool IsNonInterleaved(RtpCodec codec) => codec.Parameter("packetization-mode") == "1";

    /// <summary>Whether the payload type uses the single NAL unit mode, which is also meant where no mode is named.</summary>
    public static bool IsSingle(RtpCodec codec) => codec.Parameter("packetization-mode") is null or "0";

    /// <summary>The profile of a payload type.</summary>
    public static H264Profile ProfileOf(RtpCodec codec)
    {
        var text = codec.Parameter("profile-level-id") ?? DefaultProfileLevel;
        if (text.Length != 6 || !int.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
        {
            return H264Profile.Other;
        }

        var constraints = (value >> 8) & 0xFF;
        return (value >> 16) switch
        {
            0x42 when (constraints & ConstraintSet1) != 0 => H264Profile.ConstrainedBaseline,
            0x42 => H264Profile.Baseline,
            // Main and Extended streams that keep to the Baseline tools: RFC 6184, table 5.
            0x4D when (constraints & 0x80) != 0 => H264Profile.ConstrainedBaseline,
            0x4D => H264Profile.Main,
            0x64 when (constraints & ConstraintSets4And5) == ConstraintSets4And5 => H264Profile.ConstrainedHigh,
            0x64 when (constraints & ConstraintSet3) == 0 => H264Profile.High,
            _ => H264Profile.Other,
        };
    }
}
