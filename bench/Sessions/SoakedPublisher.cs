using Xunke.Streaming;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Bench.Sessions;

/// <summary>Sends what a camera does: 25 pictures a second of ten packets each, 2.2 Mbit/s, and 50 packets of sound.</summary>
internal sealed class SoakedPublisher(DirectPeer peer)
{
    private const int PacketsPerPicture = 10;
    private const int PictureEvery = 2;
    private const int PicturesPerKeyFrame = 50;
    private const int VideoPayload = 1100;
    private const int AudioPayload = 120;

    private readonly byte[] _packet = new byte[1500];
    private readonly uint _videoSource = (uint)Random.Shared.Next();
    private readonly uint _audioSource = (uint)Random.Shared.Next();
    private ushort _videoSequence;
    private ushort _audioSequence;
    private long _slot;

    public DirectPeer Peer => peer;

    /// <summary>Packets sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends what falls into a slot of 20 ms.</summary>
    public void Send(long slot)
    {
        _slot = slot;
        RtpHeader.Write(_packet, false, peer.Type(MediaKind.Audio), _audioSequence++, (uint)slot * 960, _audioSource);
        Send(AudioPayload);
        if (slot % PictureEvery != 0)
        {
            return;
        }

        var picture = slot / PictureEvery;
        for (var i = 0; i < PacketsPerPicture; i++)
        {
            RtpHeader.Write(
                _packet, i == PacketsPerPicture - 1, peer.Type(MediaKind.Video), _videoSequence++, (uint)picture * 3600, _videoSource);
            // A fragmented slice (RFC 6184 5.8): indicator, then start and end bits with the type.
            _packet[12] = 0x7C;
            _packet[13] =
                (byte)((picture % PicturesPerKeyFrame == 0 ? 5 : 1) | (i == 0 ? 0x80 : 0) | (i == PacketsPerPicture - 1 ? 0x40 : 0));
            Send(VideoPayload);
        }
    }

    /// <summary>Sends a report on each source, as a camera does about every second.</summary>
    public void Report(DateTimeOffset now)
    {
        Report(_videoSource, (uint)(_slot / PictureEvery) * 3600, now);
        Report(_audioSource, (uint)_slot * 960, now);
    }

    private void Report(uint source, uint timestamp, DateTimeOffset now)
    {
        var writer = new RtcpWriter(_packet);
        writer.SenderReport(new SenderReport(source, NtpTime.From(now), timestamp, (uint)Sent, (uint)Sent * 1000));
        writer.SourceDescription(source, "soak"u8);
        peer.SendProtected(_packet.AsSpan(0, writer.Length), isRtcp: true);
    }

    private void Send(int payload)
    {
        peer.SendProtected(_packet.AsSpan(0, RtpHeader.FixedLength + payload), isRtcp: false);
        Sent++;
    }
}
