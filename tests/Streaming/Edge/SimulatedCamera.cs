using System.Buffers.Binary;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>
/// A camera with sound in the test's own time: ten pictures a second in one layer, or in several as simulcast, and key
/// frames for whoever asks. A payload's second byte names its layer; not so in VP8, where every other picture is of
/// temporal layer 1, and each layer's pictures are numbered from elsewhere.
/// </summary>
/// <param name="edge">Where it publishes.</param>
/// <param name="peer">Its connection.</param>
/// <param name="layers">What each layer takes, in bits per second.</param>
/// <param name="names">The layers' names; null for one layer without simulcast.</param>
/// <param name="vp8">Whether it sends VP8 and not H264.</param>
internal sealed class SimulatedCamera(TestEdge edge, TestPeer peer, int[] layers, string[]? names = null, bool vp8 = false)
{
    public const int FramesPerSecond = 10;
    public const byte KeyFrame = 0x65;

    private const byte DeltaFrame = 0x41;
    private const int PacketLength = 1100;
    private const uint FirstSource = 1000;
    private const uint SoundSource = 8;
    private const int TicksPerFrame = 1000 / FramesPerSecond / 20;

    private readonly ushort[] _numbers = new ushort[layers.Length];
    private readonly bool[] _wanted = [.. layers.Select(_ => true)];
    private readonly Random _random = new(11);
    private readonly (int Picture, int Base)[] _pictures = [.. layers.Select(_ => (0, 0))];
    private ushort _soundNumber;
    private uint _frame;

    /// <summary>Whether each layer is sent.</summary>
    public bool[] Alive { get; } = [.. layers.Select(_ => true)];

    /// <summary>Whether each layer answers requests for key frames; one that does not, answers later.</summary>
    public bool[] Answers { get; } = [.. layers.Select(_ => true)];

    /// <summary>Key frames sent of each layer.</summary>
    public int[] KeyFrames { get; } = new int[layers.Length];

    /// <summary>Packets sent, the sound's included.</summary>
    public int Packets { get; private set; }

    /// <summary>Packets sent of each layer.</summary>
    public int[] LayerPackets { get; } = new int[layers.Length];

    /// <summary>Plays for a while, in ticks of 20 ms.</summary>
    /// <param name="tick">What happens before each tick.</param>
    public async Task PlayAsync(double seconds, Func<Task> tick, CancellationToken cancellation)
    {
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            SendPicture();
            for (var t = 0; t < TicksPerFrame; t++)
            {
                peer.SendRtp(TestPeer.AudioType, SoundSource, _soundNumber, _soundNumber++ * 960u, new byte[88]);
                Packets++;
                await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == Packets, cancellation);
                await tick();
                edge.Time.Advance(TimeSpan.FromMilliseconds(20));
            }

            TakeRequests();
        }
    }

    private void SendPicture()
    {
        for (var layer = 0; layer < layers.Length; layer++)
        {
            if (!Alive[layer])
            {
                continue;
            }

            var payload = new byte[PacketLength];
            var isKeyFrame = _wanted[layer] && Answers[layer];
            (payload[0], payload[1]) = (isKeyFrame ? KeyFrame : DeltaFrame, (byte)layer);
            KeyFrames[layer] += isKeyFrame ? 1 : 0;
            _wanted[layer] &= !isKeyFrame;
            // Each layer has a clock that begins elsewhere, as the sources of a browser have.
            var timestamp = (uint)(layer * 1_000_000) + (_frame * (90_000 / FramesPerSecond));
            var bytes = layers[layer] / 8 / FramesPerSecond;
            for (var sent = 0; sent < bytes; sent += PacketLength)
            {
                if (vp8)
                {
                    Describe(payload, layer, isKeyFrame, isFirst: sent == 0);
                }

                var length = Math.Min(PacketLength, bytes - sent);
                peer.SendRtp(
                    TestPeer.VideoType, FirstSource + (uint)layer, _numbers[layer]++, timestamp, payload.AsSpan(0, Math.Max(8, length)),
                    marker: sent + PacketLength >= bytes, layer: names?[layer]);
                Packets++;
                LayerPackets[layer]++;
            }
        }

        _frame++;
    }

    // RFC 7741 4.2, with a picture number of 15 bits and temporal layers, and the first byte of the picture.
    private void Describe(byte[] payload, int layer, bool isKeyFrame, bool isFirst)
    {
        ref var picture = ref _pictures[layer];
        if (isFirst)
        {
            picture = _frame == 0 ? (_random.Next(1 << 15), _random.Next(1 << 8)) : (picture.Picture + 1, picture.Base);
            picture.Base += isKeyFrame || _frame % 2 == 0 ? 1 : 0;
        }

        var temporal = isKeyFrame || _frame % 2 == 0 ? 0x00 : 0x60;
        byte[] descriptor =
        [
            (byte)(isFirst ? 0x90 : 0x80), 0xE0, (byte)(0x80 | (picture.Picture >> 8)), (byte)picture.Picture,
            (byte)picture.Base, (byte)temporal,
            (byte)(isKeyFrame ? 0x00 : 0x01), (byte)layer,
        ];
        descriptor.CopyTo(payload, 0);
    }

    private void TakeRequests()
    {
        while (peer.TryReadRtcp(out var compound))
        {
            foreach (var request in RtcpPacketView.All(compound!).Where(packet => packet.IsPictureLoss))
            {
                _wanted[BinaryPrimitives.ReadUInt32BigEndian(request.Body.AsSpan(4)) - FirstSource] = true;
            }
        }
    }
}
