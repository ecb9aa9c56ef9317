using System.Buffers.Binary;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Puts the RTP timestamps of one stream of a camera right, so that FFmpeg never sees a time that is astray: it would make
/// every later one follow. A time that neither goes on from the line before nor is gone on from is replaced; when the
/// next picture goes on from it, the camera has set its clock, and the line goes on by what has passed here.
/// Times that step back in a stream of B-frames are left as they are.
/// </summary>
internal sealed class StreamTimes(StreamClock clock)
{
    // Pictures that were dropped on the way leave a gap, but none that lies ahead of the clock.
    private readonly long _slack = clock.Rate / 20;
    private readonly long _longestStep = 2L * clock.Rate;

    private bool _begun;
    private bool _reordered;
    private uint _announced;

    // The last packet.
    private uint _timestamp;
    private bool _marked;
    private bool _hasSlice;

    // The last unit, a picture or a frame of sound: when it came and its time as it goes out.
    private long _at;
    private long _out;

    // The last unit whose time was believed.
    private long _source;
    private long _offset;
    private long _believedAt;
    private long _believedOut;

    private long _typical;
    private long _fastest;
    private int _doubts;
    private readonly SenderTimes _reports = new(clock.Rate);

    /// <summary>Times that were replaced.</summary>
    public long Strays { get; private set; }

    /// <summary>The stream's time at its beginning, as the response to PLAY tells (RFC 2326 12.33).</summary>
    public void Announce(uint timestamp) => _announced = timestamp;

    /// <summary>Puts the time of a packet right, or of a compound of reports.</summary>
    /// <param name="at">When it came, in units of the stream's clock.</param>
    public void Repair(Span<byte> packet, long at)
    {
        if (packet.Length > 1 && packet[1] is >= 200 and <= 207)
        {
            _reports.Repair(packet, _begun, _source, _offset);
        }
        else if (RtpHeader.TryParse(packet, out var header))
        {
            var picture = clock.IsVideo ? PictureStart.Read(packet.Slice(header.Length, header.PayloadLength)) : default;
            _reordered |= picture.IsBidirectional;
            if (!_begun)
            {
                Begin(header.Timestamp, at);
            }
            else if (BeginsUnit(header, picture))
            {
                _out = Next(header.Timestamp, at);
                (_at, _hasSlice) = (at, false);
            }

            (_timestamp, _marked, _hasSlice) = (header.Timestamp, header.Marker, _hasSlice || picture.HasSlice);
            BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)_out);
        }
    }

    // Marks are set too often by some cameras, and never by others.
    private bool BeginsUnit(in RtpHeader header, PictureStart picture) =>
        header.Timestamp != _timestamp
        || (clock.IsVideo ? _marked && _hasSlice && picture.MayBegin : _marked || !clock.Fragments);

    private void Begin(uint timestamp, long at)
    {
        // FFmpeg counts from the time that was announced. One that is far from the first packet's is wrong.
        var isAstray = _announced != 0 && Math.Abs((long)(int)(timestamp - _announced)) > 5 * _longestStep;
        _begun = true;
        _source = timestamp;
        _out = isAstray ? _announced : timestamp;
        _offset = _out - _source;
        (_at, _believedAt, _believedOut) = (at, at, _out);
        _fastest = at - _out;
    }

    private long Next(uint timestamp, long at)
    {
        var source = _source + (int)(timestamp - (uint)_source);
        var line = source + _offset;
        if (_reordered)
        {
            return Believe(source, line, at);
        }

        var step = source - _source;
        if (step > 0
            && (GoesOn(step) || _fastest - (at - line) <= _slack)
            && line >= _out - Math.Max(2 * _typical, _slack))
        {
            if (_doubts == 0 && step <= _longestStep)
            {
                _typical += _typical == 0 ? step : (step - _typical) / 8;
            }

            Strays += _doubts;
            return Believe(source, Math.Max(line, _out + 1), at);
        }

        var passed = at - _at;
        var fromLast = (long)(int)(timestamp - _timestamp);
        var arrived = Math.Max(_out + 1, _believedOut + at - _believedAt);
        if (_doubts > 0 && fromLast > 0 && (GoesOn(fromLast) || fromLast <= passed + _slack))
        {
            _offset = arrived - source;
            _fastest = at - arrived;
            return Believe(source, arrived, at);
        }

        // A single stray is of the picture that was due; with more of them only the arrival counts.
        return _doubts++ == 0 ? _out + Math.Max(1, _typical > 0 ? _typical : passed) : arrived;
    }

    private bool GoesOn(long step) => _typical > 0 ? 2 * step <= 5 * _typical : step <= _longestStep;

    private long Believe(long source, long result, long at)
    {
        _doubts = 0;
        (_source, _believedAt, _believedOut) = (source, at, result);
        var lag = at - result;

        // The fastest packet shows the camera's clock best; clocks drift, and so it is forgotten slowly.
        _fastest = lag < _fastest ? lag : _fastest + ((lag - _fastest) / 1024);
        return result;
    }
}
