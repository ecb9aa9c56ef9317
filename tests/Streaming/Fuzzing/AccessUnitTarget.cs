using System.Buffers.Binary;
using Xunke.Streaming;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>Video packets on their way into access units: depacketisation of one codec, parameter sets, bounds.</summary>
internal sealed class AccessUnitTarget(VideoCodec codec) : FuzzTarget, IAccessUnitReceiver
{
    private const int LargestUnit = 64 * 1024;
    private const int HeaderLength = 12;

    private readonly AccessUnitPool _pool = new();
    private AccessUnitAssembler? _assembler;
    private ushort _sequence;
    private uint _timestamp;

    public override string Name => codec == VideoCodec.Vp8 ? "vp8" : "h264";

    public override IReadOnlyList<byte[]> Corpus { get; } = codec == VideoCodec.Vp8 ? MediaCorpus.Vp8 : MediaCorpus.H264;

    // A unit's own 32 KiB buffer where the pool has none yet, what it borrows beyond, and a parameter set of the input's length.
    public override long AllocationBound => 512 * 1024;

    public override void Begin()
    {
        _assembler?.Reset();
        _assembler = new AccessUnitAssembler(_pool, this, LargestUnit);
    }

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        if (input.Length >= HeaderLength && !random.OneIn(16))
        {
            // The room hands packets on in order with bare headers: mostly the payload is what strangers choose.
            input[0] = (byte)(0x80 | (input[0] & 0x20));
            BinaryPrimitives.WriteUInt16BigEndian(input[2..], random.OneIn(32) ? _sequence += 2 : ++_sequence);
            BinaryPrimitives.WriteUInt32BigEndian(input[4..], random.OneIn(6) ? _timestamp += 3600 : _timestamp);
        }

        Push(input);
    }

    /// <summary>Takes a packet as a room's tap shows it.</summary>
    public void Push(ReadOnlySpan<byte> packet)
    {
        _assembler!.Push(codec, packet, DateTimeOffset.UnixEpoch);
        Expect.True(_pool.Outstanding <= 1, "access units leak");
    }

    void IAccessUnitReceiver.OnUnit(AccessUnit unit)
    {
        Expect.True(unit.Length is > 0 and <= 2 * LargestUnit, "an access unit is larger than its bound allows");
        unit.Return();
    }

    void IAccessUnitReceiver.OnKeyFrameNeeded()
    {
    }
}
