using Xunke.Streaming;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>An assembler with a receiver that keeps copies, to look at what comes out.</summary>
internal sealed class AssemblerBench : IAccessUnitReceiver
{
    private readonly RtpPacketizer _packetizer;
    private readonly VideoCodec _codec;

    public AssemblerBench(VideoCodec codec, int maximumBytes = 4 * 1024 * 1024)
    {
        _codec = codec;
        _packetizer = new RtpPacketizer(codec);
        Assembler = new AccessUnitAssembler(Pool, this, maximumBytes);
    }

    public AccessUnitPool Pool { get; } = new();

    public AccessUnitAssembler Assembler { get; }

    public List<(byte[] Data, bool IsKey, uint Timestamp)> Units { get; } = [];

    public int KeyFramesAsked { get; private set; }

    /// <summary>Sends one payload in the next packet.</summary>
    public void Send(uint timestamp, bool marker, params byte[] payload) => Push(Packet(timestamp, marker, payload));

    public byte[] Packet(uint timestamp, bool marker, params byte[] payload) => _packetizer.Packet(payload, timestamp, marker);

    public void Push(byte[] packet) => Assembler.Push(_codec, packet, DateTimeOffset.UnixEpoch);

    void IAccessUnitReceiver.OnUnit(AccessUnit unit)
    {
        Units.Add((unit.Data.ToArray(), unit.IsKey, unit.Timestamp));
        unit.Return();
    }

    void IAccessUnitReceiver.OnKeyFrameNeeded() => KeyFramesAsked++;
}
