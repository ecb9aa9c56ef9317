using System.Buffers.Binary;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// Protected packets of one profile. Some are mutated before they are protected, so that they authenticate, and the
/// rest after it, so that they must not.
/// </summary>
internal sealed class SrtpTarget(SrtpProfile profile) : FuzzTarget
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, SrtpKeyingMaterial.KeyLength).Select(i => (byte)i)];

    private readonly byte[] _salt = [.. Enumerable.Range(0, SrtpKeyingMaterial.SaltLength(profile)).Select(i => (byte)i)];
    private readonly byte[] _packet = new byte[2048];
    private ushort _sequence;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;

    public override string Name => profile == SrtpProfile.AeadAes128Gcm ? "srtp-gcm" : "srtp-cm";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. MediaCorpus.Rtp, .. MediaCorpus.Rtcp];

    public override void Begin()
    {
        Dispose();
        _sender = new SrtpSender(profile, Key, _salt);
        _receiver = new SrtpReceiver(profile, Key, _salt);
    }

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var isRtcp = random.OneIn(2);
        if (random.OneIn(4))
        {
            // A stranger's bytes, which must not authenticate.
            var refused = isRtcp ? _receiver!.UnprotectRtcp(input) : _receiver!.UnprotectRtp(input);
            Expect.True(!refused.Succeeded, "bytes without a tag were taken for genuine");
            return;
        }

        if (!isRtcp && input.Length >= RtpHeaderLayout.FixedLength && !random.OneIn(8))
        {
            // A sequence number that jumps back makes all that follow it replays.
            BinaryPrimitives.WriteUInt16BigEndian(input[2..], ++_sequence);
        }

        input.CopyTo(_packet);
        var sent = isRtcp ? _sender!.ProtectRtcp(_packet, input.Length) : _sender!.ProtectRtp(_packet, input.Length);
        if (!sent.Succeeded)
        {
            return;
        }

        var forged = random.OneIn(4);
        if (forged)
        {
            _packet[random.Below(sent.Length)] ^= (byte)(1 << random.Below(8));
        }

        var datagram = _packet.AsSpan(0, sent.Length);
        var received = isRtcp ? _receiver!.UnprotectRtcp(datagram) : _receiver!.UnprotectRtp(datagram);
        Expect.True(!(forged && received.Succeeded), "a packet with a flipped bit was taken for genuine");
        Expect.True(!received.Succeeded || datagram[..received.Length].SequenceEqual(input), "what came out is not what went in");
        Expect.True(_receiver!.StreamCount <= SrtpReceiver.DefaultMaximumStreams, "more streams than the bound");
    }

    public override void Dispose()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
    }
}
