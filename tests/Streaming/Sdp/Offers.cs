namespace Xunke.Tests.Streaming.Sdp;

/// <summary>Offers as the publishers and viewers in use write them, shortened where lines only repeat.</summary>
internal static class Offers
{
    private const string Fingerprint =
        "sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

    /// <summary>Chromium 140, sendonly audio and video.</summary>
    public static readonly string ChromiumPublisher = Lines(
        "v=0", "o=- 8403615332048243445 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1",
        "a=extmap-allow-mixed", "a=msid-semantic: WMS 3f1c",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
        "a=ice-ufrag:ETEn", "a=ice-pwd:OtSK0WpNtpUjkY4+86js7Z/l", "a=ice-options:trickle",
        "a=fingerprint:" + Fingerprint, "a=setup:actpass", "a=mid:0",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=sendonly", "a=msid:3f1c 9f8e", "a=rtcp-mux", "a=rtcp-rsize",
        "a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc", "a=fmtp:111 minptime=10;useinbandfec=1",
        "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111",
        "a=rtpmap:9 G722/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:13 CN/8000", "a=rtpmap:110 telephone-event/48000",
        "a=rtpmap:126 telephone-event/8000",
        "a=ssrc:2665378012 cname:zqGxw+2T7Mt1mwYA", "a=ssrc:2665378012 msid:3f1c 9f8e",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 109 114 115 116 39 40", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
        "a=ice-ufrag:ETEn", "a=ice-pwd:OtSK0WpNtpUjkY4+86js7Z/l", "a=ice-options:trickle",
        "a=fingerprint:" + Fingerprint, "a=setup:actpass", "a=mid:1",
        "a=extmap:14 urn:ietf:params:rtp-hdrext:toffset",
        "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        "a=sendonly", "a=msid:3f1c 41aa", "a=rtcp-mux", "a=rtcp-rsize",
        "a=rtpmap:96 VP8/90000", "a=rtcp-fb:96 goog-remb", "a=rtcp-fb:96 transport-cc", "a=rtcp-fb:96 ccm fir",
        "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli",
        "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96",
        "a=rtpmap:103 H264/90000", "a=rtcp-fb:103 transport-cc", "a=rtcp-fb:103 ccm fir", "a=rtcp-fb:103 nack", "a=rtcp-fb:103 nack pli",
        "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f", "a=rtpmap:104 rtx/90000", "a=fmtp:104 apt=103",
        "a=rtpmap:107 H264/90000", "a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
        "a=rtpmap:108 rtx/90000", "a=fmtp:108 apt=107",
        "a=rtpmap:109 H264/90000", "a=rtcp-fb:109 transport-cc", "a=rtcp-fb:109 ccm fir", "a=rtcp-fb:109 nack", "a=rtcp-fb:109 nack pli",
        "a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", "a=rtpmap:114 rtx/90000", "a=fmtp:114 apt=109",
        "a=rtpmap:115 H264/90000", "a=fmtp:115 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f",
        "a=rtpmap:116 rtx/90000", "a=fmtp:116 apt=115", "a=rtpmap:39 AV1/90000", "a=fmtp:39 level-idx=5;profile=0;tier=0",
        "a=rtpmap:40 rtx/90000", "a=fmtp:40 apt=39",
        "a=ssrc-group:FID 1052231283 3711284613", "a=ssrc:1052231283 cname:zqGxw+2T7Mt1mwYA", "a=ssrc:3711284613 cname:zqGxw+2T7Mt1mwYA");

    /// <summary>OBS Studio 30 over WHIP (libdatachannel): transport at session level, one codec each, numeric mids.</summary>
    public static readonly string Obs = Lines(
        "v=0", "o=rtc 2903587103 0 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1", "a=group:LS 0 1",
        "a=msid-semantic:WMS *", "a=ice-options:ice2,trickle",
        "a=fingerprint:" + Fingerprint,
        "m=audio 56483 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 192.168.1.50", "a=mid:0", "a=sendonly", "a=setup:actpass",
        "a=ssrc:1423 cname:SJa0tYWmRU", "a=ssrc:1423 msid:obs_stream SJa0tYWmRU", "a=msid:obs_stream SJa0tYWmRU", "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1",
        "a=ice-ufrag:oP8x", "a=ice-pwd:B1ZyhAzXzxnZrRXgr2BIEK",
        "m=video 56483 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 192.168.1.50", "a=mid:1", "a=sendonly", "a=setup:actpass",
        "a=ssrc:1424 cname:SJa0tYWmRU", "a=ssrc:1424 msid:obs_stream SJa0tYWmRU-video", "a=msid:obs_stream SJa0tYWmRU-video", "a=rtcp-mux",
        "a=rtpmap:96 H264/90000", "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 goog-remb",
        "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1", "a=ice-ufrag:oP8x",
        "a=ice-pwd:B1ZyhAzXzxnZrRXgr2BIEK",
        "a=candidate:1 1 UDP 2114977791 192.168.1.50 56483 typ host", "a=end-of-candidates");

    /// <summary>Firefox 128 as a viewer: fingerprint at session level, ssrc in recvonly sections, VP8 before H264.</summary>
    public static readonly string FirefoxViewer = Lines(
        "v=0", "o=mozilla...THIS_IS_SDPARTA-99.0 3580374839018411452 0 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=sendrecv",
        "a=fingerprint:" + Fingerprint,
        "a=group:BUNDLE 0 1", "a=ice-options:trickle", "a=msid-semantic:WMS *",
        "m=video 9 UDP/TLS/RTP/SAVPF 120 124 121 125 126 127 97 98", "c=IN IP4 0.0.0.0", "a=recvonly",
        "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        "a=extmap:5 urn:ietf:params:rtp-hdrext:toffset",
        "a=extmap:6/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
        "a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        "a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1",
        "a=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1",
        "a=fmtp:120 max-fs=12288;max-fr=60", "a=fmtp:124 apt=120", "a=fmtp:121 max-fs=12288;max-fr=60", "a=fmtp:125 apt=121",
        "a=fmtp:127 apt=126", "a=fmtp:98 apt=97",
        "a=ice-pwd:83d7bb2ba8a79ef62b6ebc3a7cd2d81e", "a=ice-ufrag:9e30eb33", "a=mid:0",
        "a=rtcp-fb:120 nack", "a=rtcp-fb:120 nack pli", "a=rtcp-fb:120 ccm fir", "a=rtcp-fb:126 nack", "a=rtcp-fb:126 nack pli",
        "a=rtcp-fb:126 ccm fir", "a=rtcp-fb:126 transport-cc",
        "a=rtcp-mux", "a=rtcp-rsize",
        "a=rtpmap:120 VP8/90000", "a=rtpmap:124 rtx/90000", "a=rtpmap:121 VP9/90000", "a=rtpmap:125 rtx/90000", "a=rtpmap:126 H264/90000",
        "a=rtpmap:127 rtx/90000", "a=rtpmap:97 H264/90000", "a=rtpmap:98 rtx/90000",
        "a=setup:actpass", "a=ssrc:3320264215 cname:{2b1ea46f-23b1-4e6d-a1a8-6b8eb4a5b4a1}",
        "m=audio 0 UDP/TLS/RTP/SAVPF 109 9 0 8 101", "c=IN IP4 0.0.0.0", "a=bundle-only", "a=recvonly",
        "a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1", "a=fmtp:101 0-15", "a=mid:1", "a=rtcp-mux",
        "a=rtpmap:109 opus/48000/2", "a=rtpmap:9 G722/8000/1", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:101 telephone-event/8000/1", "a=setup:actpass");

    /// <summary>Safari 17 as a viewer: constrained high and constrained baseline H264.</summary>
    public static readonly string SafariViewer = Lines(
        "v=0", "o=- 6014386103456226401 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1",
        "a=extmap-allow-mixed", "a=msid-semantic: WMS",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0", "a=ice-ufrag:6M9Y",
        "a=ice-pwd:ISYqRGIgeXrLhoK5Ey1mdyhd", "a=ice-options:trickle",
        "a=fingerprint:" + Fingerprint, "a=setup:actpass", "a=mid:0", "a=recvonly", "a=rtcp-mux", "a=rtcp-rsize",
        "a=rtpmap:96 H264/90000", "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli",
        "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f",
        "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96", "a=rtpmap:98 H264/90000", "a=rtcp-fb:98 nack", "a=rtcp-fb:98 nack pli",
        "a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", "a=rtpmap:99 rtx/90000", "a=fmtp:99 apt=98",
        "a=rtpmap:100 VP8/90000", "a=rtpmap:101 rtx/90000", "a=fmtp:101 apt=100",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 9", "c=IN IP4 0.0.0.0", "a=ice-ufrag:6M9Y", "a=ice-pwd:ISYqRGIgeXrLhoK5Ey1mdyhd",
        "a=fingerprint:" + Fingerprint, "a=setup:actpass", "a=mid:1", "a=recvonly", "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=rtpmap:9 G722/8000");

    /// <summary>GStreamer 1.22 webrtcbin: named mids, one codec, no reduced-size RTCP.</summary>
    public static readonly string GStreamerPublisher = Lines(
        "v=0", "o=- 2841092310924 0 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=ice-options:trickle", "a=group:BUNDLE video0 audio1",
        "m=video 9 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 0.0.0.0", "a=setup:actpass", "a=ice-ufrag:H3xVwFOvLqxVA5bWpD8jEVwxmDBdrqzN",
        "a=ice-pwd:QNyUvFnCYoA3nsTQnOYKjFeEDkrWPmdO",
        "a=rtcp-mux", "a=rtcp-rsize", "a=sendonly", "a=rtpmap:96 H264/90000", "a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 transport-cc",
        "a=framerate:25",
        "a=fmtp:96 packetization-mode=1;profile-level-id=42c015;sprop-parameter-sets=Z0LAFdoFAFuwEQAAAwABAAADAAoPFi5I,aM4PyA==",
        "a=extmap:1 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        "a=ssrc:3384078950 msid:user1@host-9 webrtctransceiver0", "a=mid:video0", "a=fingerprint:" + Fingerprint,
        "m=audio 0 UDP/TLS/RTP/SAVPF 97", "c=IN IP4 0.0.0.0", "a=setup:actpass", "a=ice-ufrag:H3xVwFOvLqxVA5bWpD8jEVwxmDBdrqzN",
        "a=ice-pwd:QNyUvFnCYoA3nsTQnOYKjFeEDkrWPmdO", "a=bundle-only",
        "a=rtcp-mux", "a=sendonly", "a=rtpmap:97 OPUS/48000/2", "a=fmtp:97 sprop-maxcapturerate=48000;sprop-stereo=0", "a=mid:audio1",
        "a=fingerprint:" + Fingerprint);

    /// <summary>An offer without the lines that match.</summary>
    public static string Without(string offer, string start) =>
        Lines([.. offer.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith(start, StringComparison.Ordinal))]);

    public static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
