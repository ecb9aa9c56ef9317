using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;

namespace Xunke.Streaming.Publishers;

/// <summary>
/// How a publisher's wall clock stands to the media clock, learnt from its sender reports. One clock serves all its
/// tracks, so that what was captured together stays together however the reports were delayed.
/// </summary>
internal sealed class SenderClock
{
    private ulong _origin;
    private double _offset;
    private bool _known;

    /// <summary>Learns from a report that came now. The fastest reports show the offset best.</summary>
    public void Observe(ulong ntpTime, long now)
    {
        if (!_known)
        {
            _origin = ntpTime;
            _offset = now;
            _known = true;
            return;
        }

        var sample = now - SinceOrigin(ntpTime);
        // Slower reports pull gently, so that drifting clocks are followed.
        _offset += sample < _offset ? sample - _offset : (sample - _offset) / 64;
    }

    /// <summary>The room's timestamp of a track at a moment of the media clock.</summary>
    /// <returns>False before a report on the track.</returns>
    public bool TryGetTimestamp(PublishedTrack? track, long now, out uint timestamp)
    {
        timestamp = 0;
        if (track?.LastReport is not { } report)
        {
            return false;
        }

        var since = now - (long)(SinceOrigin(report.NtpTime) + _offset);
        timestamp = track.Track.ToRoomTimestamp(report.RtpTimestamp + (uint)(since * RoomTrack.ClockRate(track.Kind) / 1_000_000));
        return true;
    }

    private double SinceOrigin(ulong ntpTime) => NtpTime.Difference(ntpTime, _origin).TotalMicroseconds;
}
