using Xunke.Streaming;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>All targets, and how many of a run's inputs each gets.</summary>
internal static class FuzzTargets
{
    /// <summary>Name, share of the inputs in thousandths, and how to make one.</summary>
    public static IReadOnlyList<(string Name, int Share, Func<FuzzTarget> Create)> All { get; } =
    [
        ("session", 150, () => new SessionTarget()),
        ("sdp", 30, () => new SdpTarget()),
        ("rtsp", 30, () => new RtspTarget()),
        ("recording", 3, () => new RecordingTarget()),
        ("dtls-hello", 10, () => new DtlsTarget(DtlsStage.Hello)),
        ("dtls-keyexchange", 10, () => new DtlsTarget(DtlsStage.KeyExchange)),
        ("dtls-clienthello", 10, () => new DtlsTarget(DtlsStage.ClientHello)),
        ("dtls-connected", 20, () => new DtlsTarget(DtlsStage.Connected)),
        ("srtp-gcm", 50, () => new SrtpTarget(SrtpProfile.AeadAes128Gcm)),
        ("srtp-cm", 50, () => new SrtpTarget(SrtpProfile.Aes128CmHmacSha1_80)),
        ("simulcast", 40, () => new SimulcastTarget()),
        ("tcp-frames", 60, () => new FrameTarget()),
        ("stun", 117, () => new StunTarget()),
        ("rtp", 130, () => new RtpTarget()),
        ("rtcp", 110, () => new RtcpTarget()),
        ("h264", 100, () => new AccessUnitTarget(VideoCodec.H264)),
        ("vp8", 80, () => new AccessUnitTarget(VideoCodec.Vp8)),
    ];
}
