using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>
/// Reads transport-wide feedback: which packets arrived, and when on the receiver's clock
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1). Stops at the first thing that does not add up.
/// </summary>
internal ref struct ArrivalReader
{
    /// <summary>The arrival of a packet that has not come.</summary>
    public const long NotReceived = long.MinValue;

    private const int InformationStart = 8;
    private const int ChunksStart = 8;
    private const int MaxRun = 0x1FFF;

    // Nobody needs to report on more at once; a few bytes may claim thousands.
    private const int MaxStatuses = 1024;

    private readonly ReadOnlySpan<byte> _body;
    private ushort _next;
    private int _left;
    private int _chunkOffset;
    private ushort _chunk;
    private int _chunkLeft;
    private int _chunkSymbols;
    private int _deltaOffset;
    private long _time;

    /// <summary>Starts to read.</summary>
    /// <param name="packet">A transport feedback packet of format <see cref="ArrivalFeedback.Format"/>, of any content.</param>
    public ArrivalReader(in RtcpPacket packet)
    {
        if (packet.Body.Length < InformationStart + ChunksStart)
        {
            return;
        }

        _body = packet.Body[InformationStart..];
        First = _next = BinaryPrimitives.ReadUInt16BigEndian(_body);
        Reference = (_body[4] << 16) | (_body[5] << 8) | _body[6];
        Count = _body[7];
        _left = BinaryPrimitives.ReadUInt16BigEndian(_body[2..]);
        _chunkOffset = ChunksStart;
        _deltaOffset = ChunksStart;
        for (var covered = 0; covered < _left; _deltaOffset += 2)
        {
            if (_deltaOffset + 2 > _body.Length)
            {
                _left = 0;
                return;
            }

            covered += Symbols(BinaryPrimitives.ReadUInt16BigEndian(_body[_deltaOffset..]));
        }

        _left = Math.Min(_left, MaxStatuses);
    }

    /// <summary>The sequence number of the first packet reported on.</summary>
    public ushort First { get; }

    /// <summary>The reference time in units of 64 ms, 24 bits; it wraps.</summary>
    public int Reference { get; }

    /// <summary>The number of the feedback packet, 8 bits.</summary>
    public byte Count { get; }

    /// <summary>Takes the next packet's status.</summary>
    /// <param name="arrival">Microseconds after the reference time, or <see cref="NotReceived"/>.</param>
    public bool TryRead(out ushort sequenceNumber, out long arrival)
    {
        sequenceNumber = _next;
        arrival = NotReceived;
        if (_left == 0)
        {
            return false;
        }

        if (_chunkLeft == 0)
        {
            _chunk = BinaryPrimitives.ReadUInt16BigEndian(_body[_chunkOffset..]);
            _chunkOffset += 2;
            _chunkLeft = _chunkSymbols = Symbols(_chunk);
            if (_chunkLeft == 0)
            {
                _left = 0;
                return false;
            }
        }

        var symbol = Symbol(_chunk, _chunkSymbols - _chunkLeft);
        if (symbol != 0 && !TryReadDelta(symbol, out arrival))
        {
            _left = 0;
            return false;
        }

        _chunkLeft--;
        _left--;
        _next++;
        return true;
    }

    // 3.1.3 and 3.1.4: a run of one symbol, 14 one-bit symbols, or 7 two-bit symbols.
    private static int Symbols(ushort chunk) => (chunk & 0x8000) == 0 ? chunk & MaxRun : (chunk & 0x4000) == 0 ? 14 : 7;

    private static int Symbol(ushort chunk, int position) =>
        (chunk & 0x8000) == 0 ? (chunk >> 13) & 3
        : (chunk & 0x4000) == 0 ? (chunk >> (13 - position)) & 1
        : (chunk >> (12 - (2 * position))) & 3;

    private bool TryReadDelta(int symbol, out long arrival)
    {
        arrival = NotReceived;
        var length = symbol == 1 ? 1 : 2;
        if (symbol == 3 || _deltaOffset + length > _body.Length)
        {
            return false;
        }

        _time += 250 * (length == 1 ? _body[_deltaOffset] : BinaryPrimitives.ReadInt16BigEndian(_body[_deltaOffset..]));
        _deltaOffset += length;
        arrival = _time;
        return true;
    }
}
