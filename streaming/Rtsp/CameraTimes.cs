using System.Globalization;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Rtsp;

/// <summary>Puts the times of all streams of a camera right before FFmpeg sees them.</summary>
/// <param name="clocks">The streams in the order in which they are set up.</param>
internal sealed class CameraTimes(IReadOnlyList<StreamClock> clocks, TimeProvider time)
{
    private readonly StreamTimes?[] _byChannel = new StreamTimes?[256];
    private readonly List<(StreamTimes Times, string Address)> _streams = [];
    private volatile IReadOnlyList<StreamTimes> _all = [];
    private readonly int[] _rates = new int[256];
    private readonly long _begin = time.GetTimestamp();

    /// <summary>Times that were replaced.</summary>
    public long Strays => _all.Sum(times => times.Strays);

    /// <summary>The next stream has been set up.</summary>
    public void Add(CameraTransport transport, string address)
    {
        if (_streams.Count >= clocks.Count)
        {
            return;
        }

        var clock = clocks[_streams.Count];
        var times = new StreamTimes(clock);
        _streams.Add((times, address));
        _all = [.. _all, times];
        foreach (var channel in (ReadOnlySpan<byte>)[transport.Media, transport.Reports])
        {
            if (_byChannel[channel] is null)
            {
                (_byChannel[channel], _rates[channel]) = (times, clock.Rate);
            }
        }
    }

    /// <summary>The camera plays.</summary>
    /// <param name="info">Its RTP-Info (RFC 2326 12.33); null when it sent none.</param>
    public void Start(string? info)
    {
        foreach (var stream in info?.Split(',') ?? [])
        {
            var fields = stream.Split(';', StringSplitOptions.TrimEntries);
            var begin = fields.FirstOrDefault(field => field.StartsWith("rtptime=", StringComparison.Ordinal));
            var address = fields.FirstOrDefault(field => field.StartsWith("url=", StringComparison.Ordinal));
            if (begin is not null && uint.TryParse(begin.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
            {
                _streams.Find(one => one.Address == address?[4..]).Times?.Announce(timestamp);
            }
        }
    }

    /// <summary>Puts the times of whole frames right, in their place.</summary>
    public void Repair(Span<byte> frames)
    {
        var now = time.GetTimestamp() - _begin;
        while (InterleavedFrame.TryRead(frames, out var channel, out var packet))
        {
            _byChannel[channel]?.Repair(
                frames.Slice(InterleavedFrame.HeaderLength, packet.Length),
                (long)((double)now * _rates[channel] / time.TimestampFrequency));
            frames = frames[(InterleavedFrame.HeaderLength + packet.Length)..];
        }
    }
}
