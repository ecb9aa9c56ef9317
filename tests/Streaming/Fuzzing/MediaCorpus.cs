using System.Buffers.Binary;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// Clear RTP and RTCP packets: those that real peers sent (<see cref="CapturedPackets"/>), and small ones of every form
/// that the own code writes or reads.
/// </summary>
internal static class MediaCorpus
{
    public const byte VideoType = 102;
    public const byte AudioType = 111;
    public const uint VideoSource = 0x11223344;
    public const uint AudioSource = 0x55667788;

    // 320x240 Constrained Baseline, as x264 writes it.
    private const string SequenceSet = "6742c00dd9014160a1a8301030307800000300080000030181e2855c";
    private const string PictureSet = "68cb83cb20";

    /// <summary>H264 packets of a picture and more: STAP-A, FU-A, single NAL units, SEI, the kinds that are refused.</summary>
    public static IReadOnlyList<byte[]> H264 { get; } =
    [
        .. CapturedPackets.Named("h264"),
        Packet($"78001c{SequenceSet}0005{PictureSet}"),
        Packet(SequenceSet),
        Packet(PictureSet),
        Packet("6588843a2628000903"),
        Packet("7c8588843a26280009031f27"),
        Packet("7c0511223344556677"),
        Packet("7c45aabbccddeeff", marker: true),
        Packet("41e234a5b6c7d8", marker: true),
        Packet("0605ffffa8dc45e9bde6d948b7962cd820d923eeef"),
        Packet("06060100018080"),
        Packet("0910"),
        Packet("790000001c" + SequenceSet),
        Packet("5d8141"),
    ];

    /// <summary>VP8 packets with every form of the payload descriptor.</summary>
    public static IReadOnlyList<byte[]> Vp8 { get; } =
    [
        .. CapturedPackets.Named("vp8"),
        Packet("9080812330020090012a400131000708858588"),
        Packet("8080812342424242", marker: true),
        Packet("1031020090", marker: true),
        Packet("90e08001052130020090012a"),
        Packet("90f0810105a130020090012a"),
        Packet("90800130020090012a", marker: true),
        Packet("00"),
    ];

    /// <summary>Packets with and without extensions, padding and contributing sources.</summary>
    public static IReadOnlyList<byte[]> Rtp { get; } =
    [
        .. CapturedPackets.Named("rtp"), .. H264, .. Vp8,
        Packet("aabbccddeeff", type: AudioType, source: AudioSource),
        Extended(HeaderExtension.OneByteProfile, "30000122646f2e9d50a1b2c300"),
        Extended(HeaderExtension.OneByteProfile, "310005f0aabb10"),
        Extended(0x1000, "0302000104030a0b0c00ff01aa"),
        Extended(0x1000, "01000200"),
        Padded(Packet("65888400000000000004")),
    ];

    /// <summary>Compounds: reports, feedback, goodbyes.</summary>
    public static IReadOnlyList<byte[]> Rtcp { get; } = [.. CapturedPackets.Named("rtcp"), .. WriteRtcp()];

    private static IEnumerable<byte[]> WriteRtcp()
    {
        var block = new ReportBlock(VideoSource, 12, 345, 70_000, 90, 0x12345678, 0x8000);
        yield return Compound((ref RtcpWriter writer) =>
        {
            writer.SenderReport(new SenderReport(VideoSource, 0xE8A1B2C3_80000000, 90_000, 100, 100_000));
            writer.SourceDescription(VideoSource, "corpus"u8);
        });
        yield return Compound((ref RtcpWriter writer) =>
        {
            writer.ReceiverReport(1, [block, block with { Ssrc = AudioSource, CumulativeLost = -3 }]);
            writer.PictureLoss(1, VideoSource);
        });
        yield return Compound((ref RtcpWriter writer) => writer.Nack(1, VideoSource, [65530, 65531, 2, 3, 40, 41, 42]));
        yield return Compound((ref RtcpWriter writer) => writer.FullIntraRequest(1, VideoSource, 7));
        yield return Compound((ref RtcpWriter writer) =>
        {
            writer.ReceiverReport(1, []);
            writer.Goodbye(VideoSource);
        });
        yield return Compound((ref RtcpWriter writer) =>
        {
            var arrivals = new ArrivalFeedback();
            for (ushort number = 0; number < 60; number++)
            {
                if (number % 7 != 3)
                {
                    arrivals.Record(number, (number * 900) + (number == 30 ? 70_000 : 0));
                }
            }

            arrivals.TryWrite(ref writer, 1, VideoSource, 1_000_000);
        });
        // REMB (draft-alvestrand-rmcat-remb-03 2.2) of 500 kbit/s for two sources.
        yield return Convert.FromHexString("8fce0006000000010000000052454d42020a1e841122334455667788");
    }

    private static byte[] Compound(WriteCompound write)
    {
        var buffer = new byte[1400];
        var writer = new RtcpWriter(buffer);
        write(ref writer);
        return buffer[..writer.Length];
    }

    private static byte[] Packet(string payload, bool marker = false, byte type = VideoType, uint source = VideoSource)
    {
        var bytes = Convert.FromHexString(payload);
        var packet = new byte[RtpHeader.FixedLength + bytes.Length];
        RtpHeader.Write(packet, marker, type, 1000, 90_000, source);
        bytes.CopyTo(packet.AsSpan(RtpHeader.FixedLength));
        return packet;
    }

    private static byte[] Extended(ushort profile, string elements)
    {
        var bytes = Convert.FromHexString(elements);
        var words = (bytes.Length + 3) / 4;
        var block = new byte[4 + (4 * words)];
        BinaryPrimitives.WriteUInt16BigEndian(block, profile);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(2), (ushort)words);
        bytes.CopyTo(block.AsSpan(4));
        var packet = Packet("41e234a5b6c7d8");
        packet[0] |= 0x10;
        return [.. packet[..RtpHeader.FixedLength], .. block, .. packet[RtpHeader.FixedLength..]];
    }

    private static byte[] Padded(byte[] packet)
    {
        packet[0] |= RtpHeader.PaddingFlag;
        return packet;
    }

    private delegate void WriteCompound(ref RtcpWriter writer);
}
