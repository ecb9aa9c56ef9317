using System.Buffers.Binary;
using Xunke.Streaming;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>Cuts coded pictures into RTP packets as the media server's tap shows them: 12-byte headers, one sequence.</summary>
internal sealed class RtpPacketizer(VideoCodec codec, ushort firstSequence = 65530)
{
    private const int MostPayload = 1180;
    private ushort _sequence = firstSequence;

    /// <summary>The packets of one picture.</summary>
    public IReadOnlyList<byte[]> Packetize(byte[] unit, uint timestamp)
    {
        var payloads = codec == VideoCodec.Vp8 ? Vp8Payloads(unit) : H264Payloads(unit);
        return [.. payloads.Select((payload, index) => Packet(payload, timestamp, marker: index == payloads.Count - 1))];
    }

    /// <summary>One packet with the next sequence number.</summary>
    public byte[] Packet(ReadOnlySpan<byte> payload, uint timestamp, bool marker)
    {
        var packet = new byte[12 + payload.Length];
        packet[0] = 0x80;
        packet[1] = (byte)(96 | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0x11223344);
        payload.CopyTo(packet.AsSpan(12));
        return packet;
    }

    /// <summary>RFC 6184: parameter sets together in a STAP-A, large NAL units in FU-As, others alone; delimiters left out.</summary>
    private static List<byte[]> H264Payloads(byte[] unit)
    {
        var payloads = new List<byte[]>();
        var sets = new List<byte>();
        foreach (var nal in CodedClip.NalUnits(unit))
        {
            switch (nal[0] & 0x1F)
            {
                case 9:
                    break;
                case 7 or 8:
                    sets.AddRange([(byte)(nal.Length >> 8), (byte)nal.Length, .. nal]);
                    break;
                case var type when nal.Length > MostPayload:
                    for (var at = 1; at < nal.Length; at += MostPayload)
                    {
                        var end = Math.Min(nal.Length, at + MostPayload);
                        var header = (byte)(type | (at == 1 ? 0x80 : 0) | (end == nal.Length ? 0x40 : 0));
                        payloads.Add([(byte)((nal[0] & 0xE0) | 28), header, .. nal[at..end]]);
                    }

                    break;
                default:
                    payloads.Add(nal);
                    break;
            }
        }

        if (sets.Count > 0)
        {
            payloads.Insert(0, [0x78, .. sets]);
        }

        return payloads;
    }

    /// <summary>RFC 7741 with a 15-bit picture identifier, as browsers send it.</summary>
    private static List<byte[]> Vp8Payloads(byte[] frame)
    {
        var payloads = new List<byte[]>();
        for (var at = 0; at < frame.Length; at += MostPayload)
        {
            var end = Math.Min(frame.Length, at + MostPayload);
            payloads.Add([(byte)(at == 0 ? 0x90 : 0x80), 0x80, 0x81, 0x23, .. frame[at..end]]);
        }

        return payloads;
    }
}
