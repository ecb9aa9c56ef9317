using System.Diagnostics;
using Xunke.Streaming.Rtp;

namespace Xunke.Bench.Forward;

/// <summary>Publishes what a camera would: 25 pictures a second of ten packets each, 2.2 Mbit/s, and 50 packets of sound.</summary>
internal sealed class LoadPublisher(ILoadPeer peer)
{
    public const int PacketsPerSecond = (25 * PacketsPerPicture) + 50;

    private const int PacketsPerPicture = 10;
    private const int VideoPayload = 1100;
    private const int AudioPayload = 120;
    private const int PicturesPerKeyFrame = 50;

    private readonly byte[] _packet = new byte[1500];
    private ushort _videoSequence = (ushort)Random.Shared.Next(30_000);
    private ushort _audioSequence = (ushort)Random.Shared.Next(30_000);
    private uint _slot;

    /// <summary>Packets sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends what falls into the next 20 ms.</summary>
    public void SendSlot()
    {
        Audio();
        if (_slot % 2 == 0)
        {
            Picture();
        }

        // Consent is refreshed every five seconds, as browsers do.
        if (_slot++ % 250 == 0)
        {
            peer.Check();
        }
    }

    private void Picture()
    {
        var picture = _slot / 2;
        var isKeyFrame = picture % PicturesPerKeyFrame == 0;
        for (var i = 0; i < PacketsPerPicture; i++)
        {
            RtpHeader.Write(
                _packet, i == PacketsPerPicture - 1, LoadPeer.VideoType, _videoSequence++, picture * 3600, LoadPeer.VideoSource);
            // A fragmented slice (RFC 6184 5.8): indicator, then start and end bits with the type.
            _packet[12] = 0x7C;
            _packet[13] = (byte)((isKeyFrame ? 5 : 1) | (i == 0 ? 0x80 : 0) | (i == PacketsPerPicture - 1 ? 0x40 : 0));
            Send(VideoPayload);
        }
    }

    private void Audio()
    {
        RtpHeader.Write(_packet, false, LoadPeer.AudioType, _audioSequence++, _slot * 960, LoadPeer.AudioSource);
        Send(AudioPayload);
    }

    private void Send(int payload)
    {
        peer.Send(_packet.AsSpan(0, RtpHeader.FixedLength + payload));
        Sent++;
    }

    /// <summary>Lets publishers send until the time is over, each in its own share of every 20 ms.</summary>
    public static void Run(IReadOnlyList<LoadPublisher> publishers, TimeSpan duration)
    {
        var slot = TimeSpan.FromMilliseconds(20);
        var watch = Stopwatch.StartNew();
        for (var slots = 0; slot * slots < duration; slots++)
        {
            for (var i = 0; i < publishers.Count; i++)
            {
                var due = (slot * slots) + (slot * i / publishers.Count);
                var wait = due - watch.Elapsed;
                if (wait > TimeSpan.FromMilliseconds(1))
                {
                    Thread.Sleep(wait);
                }

                publishers[i].SendSlot();
            }
        }
    }
}
