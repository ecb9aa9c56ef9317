using System.Buffers.Binary;

namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>
/// Builds access units from a room's video packets, which come in rising sequence order with gaps where packets are
/// lost. It hands on only what decodes cleanly: after a gap, a malformed payload or a picture above the bound it
/// drops everything up to the next key frame, and says that one is needed. Calls must be serialised.
/// </summary>
internal sealed class AccessUnitAssembler(AccessUnitPool pool, IAccessUnitReceiver receiver, int maximumBytes)
{
    private const int HeaderLength = 12;

    /// <summary>A step back in the sequence further than this is a new start and not a late packet.</summary>
    private const int LateLimit = 512;

    private IDepacketizer _depacketizer = new H264Depacketizer();
    private VideoCodec _codec;
    private AccessUnit? _unit;
    private bool _spoilt;
    private bool _sequenceKnown;
    private bool _boundaryKnown;
    private bool _awaitingKey = true;
    private ushort _nextSequence;
    private uint _timestamp;
    private AssemblyCounters _counters;

    /// <summary>What became of the packets so far.</summary>
    public AssemblyCounters Counters => _counters;

    /// <summary>Drops everything up to the next key frame, because the decoder has lost its state.</summary>
    public void RestartAtKeyFrame() => _awaitingKey = true;

    /// <summary>Gives back what is held. The next packet may begin anew.</summary>
    public void Reset()
    {
        Discard();
        _sequenceKnown = false;
        _boundaryKnown = false;
        _awaitingKey = true;
    }

    /// <summary>Takes the next packet.</summary>
    /// <param name="codec">The codec of the room's video; when it changes, assembly starts anew.</param>
    /// <param name="rtp">The packet: a header of 12 bytes without CSRCs and extension, then the payload.</param>
    public void Push(VideoCodec codec, ReadOnlySpan<byte> rtp, DateTimeOffset arrivedAt)
    {
        if (codec == VideoCodec.None || rtp.Length < HeaderLength || !TakeSequence(BinaryPrimitives.ReadUInt16BigEndian(rtp[2..])))
        {
            return;
        }

        if (codec != _codec)
        {
            SwitchTo(codec);
        }

        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(rtp[4..]);
        // RFC 6184 section 5.1: the marker bit may be missing, so a new timestamp ends a picture as well.
        if (_unit is not null && timestamp != _timestamp)
        {
            Complete(arrivedAt);
        }

        var payload = Unpadded(rtp);
        if (!payload.IsEmpty)
        {
            Add(payload, timestamp);
        }

        if (IsMarked(rtp) && _unit is not null)
        {
            Complete(arrivedAt);
        }
    }

    private void Add(ReadOnlySpan<byte> payload, uint timestamp)
    {
        if (_unit is null)
        {
            _unit = pool.Take(_codec, timestamp);
            _timestamp = timestamp;
            _spoilt = false;
            if (!_boundaryKnown && !_depacketizer.StartsPicture(payload))
            {
                // The packet before is unknown: this is the middle of a picture.
                Spoil(ref _counters.Damaged);
            }

            _boundaryKnown = true;
        }

        if (_spoilt)
        {
            return;
        }

        if (!_depacketizer.TryAppend(payload, _unit))
        {
            Spoil(ref _counters.Malformed);
        }
        else if (_unit.Length > maximumBytes)
        {
            Spoil(ref _counters.Oversized);
        }
    }

    private void Complete(DateTimeOffset arrivedAt)
    {
        var unit = _unit!;
        if (!_spoilt)
        {
            switch (_depacketizer.Finish(unit))
            {
                case UnitContent.Damaged:
                    Spoil(ref _counters.Malformed);
                    break;
                case UnitContent.NoPicture:
                    Discard();
                    return;
            }
        }

        if (_spoilt || (_awaitingKey && !unit.IsKey))
        {
            _counters.Skipped += _spoilt ? 0 : 1;
            _awaitingKey = true;
            Discard();
            receiver.OnKeyFrameNeeded();
            return;
        }

        _awaitingKey = false;
        _unit = null;
        _counters.Pictures++;
        unit.CapturedAt = arrivedAt;
        receiver.OnUnit(unit);
    }

    private bool TakeSequence(ushort sequence)
    {
        var ahead = (short)(sequence - _nextSequence);
        if (_sequenceKnown && ahead < 0 && ahead > -LateLimit)
        {
            return false;
        }

        if (_sequenceKnown && ahead != 0)
        {
            if (_unit is not null)
            {
                Spoil(ref _counters.Damaged);
            }

            _boundaryKnown = false;
            _awaitingKey = true;
            receiver.OnKeyFrameNeeded();
        }

        _sequenceKnown = true;
        _nextSequence = (ushort)(sequence + 1);
        return true;
    }

    private void SwitchTo(VideoCodec codec)
    {
        Discard();
        _codec = codec;
        _depacketizer = codec == VideoCodec.Vp8 ? new Vp8Depacketizer() : new H264Depacketizer();
        _boundaryKnown = false;
        _awaitingKey = true;
    }

    private void Spoil(ref long counter)
    {
        counter += _spoilt ? 0 : 1;
        _spoilt = true;
    }

    private void Discard()
    {
        _unit?.Return();
        _unit = null;
        _depacketizer.Abandon();
    }

    private static bool IsMarked(ReadOnlySpan<byte> rtp) => (rtp[1] & 0x80) != 0;

    private static ReadOnlySpan<byte> Unpadded(ReadOnlySpan<byte> rtp)
    {
        var payload = rtp[HeaderLength..];
        if ((rtp[0] & 0x20) == 0 || payload.IsEmpty)
        {
            return payload;
        }

        // RFC 3550 section 5.1: the last byte counts the padding, itself included.
        var padding = payload[^1];
        return padding == 0 || padding > payload.Length ? [] : payload[..^padding];
    }
}
