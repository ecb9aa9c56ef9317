using System.Buffers.Binary;
using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// What the room's taps see of one kind of media: every packet in order, and of several layers the best that lives.
/// Another layer begins at a key frame; sequence numbers and timestamps go on.
/// </summary>
internal sealed partial class TapFeed
{
    // As for viewers: two layers that cost about the same are not worth a change.
    private const double WorthAChange = 1.3;

    // Pictures of two layers whose timestamps would cross are set a millisecond apart.
    private const uint SmallestStep = 90;

    private readonly TapPoint _point;
    private readonly ILogger _logger;
    private readonly byte[] _renumbered = new byte[PacketRing.MaxPacket];
    private RoomTrack _source;
    private long _next;
    private long _toNumber;
    private uint _shift;
    private uint _lastTimestamp;

    public TapFeed(RoomTrack source, TapPoint point, ILogger logger)
    {
        _source = source;
        _point = point;
        _logger = logger;
    }

    /// <summary>The layer that is to be shown from its next key frame on; null when the present one stays.</summary>
    public RoomTrack? Wanted { get; private set; }

    /// <summary>What the taps would have a key frame of: the layer that they see, or will see.</summary>
    public RoomTrack Target => Wanted ?? _source;

    /// <summary>Chooses among the layers that live.</summary>
    public void Choose(ReadOnlySpan<LayerOffer> layers, ReadOnlySpan<RoomTrack> tracks)
    {
        if (!layers.IsEmpty)
        {
            var best = layers[^1];
            Wanted = tracks[best.Index] != _source && best.BitsPerSecond > WorthAChange * _source.Rate.BitsPerSecond
                ? tracks[best.Index]
                : null;
        }
    }

    /// <summary>A key frame has come on the wanted layer.</summary>
    public void Change(long first)
    {
        var source = Wanted!;
        if (source.TryGet(first, out var packet))
        {
            _toNumber = _next + _toNumber - first;
            var late = (int)(_lastTimestamp + SmallestStep - BinaryPrimitives.ReadUInt32BigEndian(packet[4..]));
            _shift = (uint)Math.Max(0, late);
            (_source, _next, Wanted) = (source, first, null);
        }
    }

    /// <summary>Passes on what is in order, and skips what has been missing for too long.</summary>
    public void Serve(VideoCodec codec, long now)
    {
        var taps = _point.Taps;
        if (taps.Length == 0)
        {
            _next = _source.Highest + 1;
            return;
        }

        for (; _next <= _source.Highest; _next++)
        {
            if (_source.TryGet(_next, out var packet))
            {
                _lastTimestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) + _shift;
                Deliver(taps, codec, Renumbered(packet));
            }
            else if (_source.MayStillCome(_next, now))
            {
                return;
            }
        }
    }

    private ReadOnlySpan<byte> Renumbered(ReadOnlySpan<byte> packet)
    {
        if (_toNumber == 0 && _shift == 0)
        {
            return packet;
        }

        packet.CopyTo(_renumbered);
        BinaryPrimitives.WriteUInt16BigEndian(_renumbered.AsSpan(2), (ushort)(_next + _toNumber));
        BinaryPrimitives.WriteUInt32BigEndian(_renumbered.AsSpan(4), _lastTimestamp);
        return _renumbered.AsSpan(0, packet.Length);
    }

    private void Deliver(IRtpTap[] taps, VideoCodec codec, ReadOnlySpan<byte> packet)
    {
        foreach (var tap in taps)
        {
            try
            {
                tap.OnPacket(_source.Kind, _source.Kind == MediaKind.Video ? codec : VideoCodec.None, packet);
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
