using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// One kind of media of a room, on a numbering of the room's own: sequence numbers and timestamps go on when the
/// source changes, so that viewers and taps see one unbroken stream. Packets are kept with a bare 12-byte header.
/// </summary>
internal sealed partial class RoomTrack
{
    private const int VideoPackets = 1024;
    private const int AudioPackets = 128;

    // How long and how far a tap waits for a missing packet: a few retransmission rounds.
    private const long TapPatience = 150_000;
    private const int TapWindow = 256;

    // A viewer who comes gets the pictures since the last key frame at once, unless they are too many for one burst,
    // or so many that decoding them takes longer than a new key frame would.
    private const int ReplayPackets = 256;
    private const long ReplayAge = 2_000_000;

    private readonly TapPoint _point;
    private readonly ILogger _logger;
    private readonly PacketRing _ring;
    private readonly int _clockRate;
    private long _sourceToRoom;
    private long _firstOfSource;
    private bool _restarted = true;
    private uint _timestampOffset;
    private uint _lastTimestamp;
    private long _lastArrival;
    private long _keyFrame = -1;
    private long _keyFrameArrival;
    private long _nextForTaps;
    private long _gapSince;

    public RoomTrack(MediaKind kind, TapPoint point, ILogger logger)
    {
        Kind = kind;
        _point = point;
        _logger = logger;
        _ring = new PacketRing(kind == MediaKind.Video ? VideoPackets : AudioPackets);
        _clockRate = ClockRate(kind);
        _lastTimestamp = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    }

    public MediaKind Kind { get; }

    /// <summary>The room's index of the newest packet; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>The RTP clock of a kind of media, in Hz.</summary>
    public static int ClockRate(MediaKind kind) => kind == MediaKind.Video ? 90_000 : 48_000;

    /// <summary>The room's timestamp of the newest packet.</summary>
    public uint LastTimestamp => _lastTimestamp;

    /// <summary>The room's timestamp for a timestamp of the present source.</summary>
    public uint ToRoomTimestamp(uint sourceTimestamp) => sourceTimestamp + _timestampOffset;

    /// <summary>The next packet comes from another source; the numbering goes on behind the last packet.</summary>
    public void Restart() => _restarted = true;

    /// <summary>Takes a packet into the room.</summary>
    /// <param name="sourceIndex">Its extended sequence number at the source; each comes once.</param>
    /// <param name="header">The packet's header.</param>
    /// <param name="packet">The whole packet.</param>
    /// <param name="now">When it came.</param>
    /// <param name="index">Its index in the room.</param>
    /// <returns>False when the packet is older than the source's first one, or longer than can be forwarded.</returns>
    public bool TryAdd(long sourceIndex, in RtpHeader header, ReadOnlySpan<byte> packet, long now, out long index)
    {
        if (_restarted)
        {
            Continue(sourceIndex, header.Timestamp, now);
        }

        index = sourceIndex + _sourceToRoom;
        var length = RtpHeader.FixedLength + packet.Length - header.Length;
        if (sourceIndex < _firstOfSource || length > PacketRing.MaxPacket || index <= Highest - _ring.Capacity || _ring.TryGet(index, out _))
        {
            return false;
        }

        var copy = _ring.Add(index, length);
        RtpHeader.Write(copy, header.Marker, header.PayloadType, (ushort)index, ToRoomTimestamp(header.Timestamp), header.Ssrc);
        copy[0] |= (byte)(packet[0] & RtpHeader.PaddingFlag);
        packet[header.Length..].CopyTo(copy[RtpHeader.FixedLength..]);
        if (index > Highest)
        {
            Highest = index;
            _lastTimestamp = ToRoomTimestamp(header.Timestamp);
            _lastArrival = now;
        }

        return true;
    }

    /// <summary>A decoder can start at this packet.</summary>
    public void MarkKeyFrame(long index, long now) => (_keyFrame, _keyFrameArrival) = (index, now);

    /// <summary>Tells whether all is at hand that a decoder needs to start now, and where it begins.</summary>
    /// <param name="first">The room's index of the first packet of the last key frame.</param>
    public bool TryGetReplay(long now, out long first)
    {
        first = _keyFrame;
        if (first < 0 || Highest - first >= ReplayPackets || now - _keyFrameArrival > ReplayAge)
        {
            return false;
        }

        for (var index = first; index <= Highest; index++)
        {
            if (!_ring.TryGet(index, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds a packet of the room.</summary>
    public bool TryGet(long index, out ReadOnlySpan<byte> packet) => _ring.TryGet(index, out packet);

    /// <summary>Passes on to the taps what is in order, and skips what has been missing for too long.</summary>
    public void ServeTaps(VideoCodec codec, long now)
    {
        var taps = _point.Taps;
        if (taps.Length == 0)
        {
            _nextForTaps = Highest + 1;
            return;
        }

        while (_nextForTaps <= Highest)
        {
            if (_ring.TryGet(_nextForTaps, out var packet))
            {
                Deliver(taps, codec, packet);
                _nextForTaps++;
                _gapSince = 0;
            }
            else if (_gapSince == 0)
            {
                _gapSince = now;
                return;
            }
            else if (now - _gapSince < TapPatience && Highest - _nextForTaps < TapWindow)
            {
                return;
            }
            else
            {
                _nextForTaps++;
            }
        }
    }

    /// <summary>Gives the packets' memory back; the numbering is kept.</summary>
    public void Trim()
    {
        _ring.Clear();
        _keyFrame = -1;
        _nextForTaps = Highest + 1;
        _gapSince = 0;
    }

    private void Continue(long sourceIndex, uint timestamp, long now)
    {
        _restarted = false;
        _keyFrame = -1;
        _firstOfSource = sourceIndex;
        _sourceToRoom = Highest + 1 - sourceIndex;
        var pause = Highest < 0 ? 0 : Math.Max(1, (now - _lastArrival) * _clockRate / 1_000_000);
        _timestampOffset = _lastTimestamp + (uint)pause - timestamp;
    }

    private void Deliver(IRtpTap[] taps, VideoCodec codec, ReadOnlySpan<byte> packet)
    {
        foreach (var tap in taps)
        {
            try
            {
                tap.OnPacket(Kind, Kind == MediaKind.Video ? codec : VideoCodec.None, packet);
            }
            catch (Exception exception)
            {
                // A bug of one tap must cost neither the viewers nor the other taps their packets.
                LogTapFailed(_logger, exception, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A tap failed on packet {SequenceNumber}")]
    private static partial void LogTapFailed(ILogger logger, Exception exception, ushort sequenceNumber);
}
