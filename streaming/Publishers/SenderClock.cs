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

    /// <summary>When, on the media clock, a moment of the publisher's clock was.</summary>
    public long ToLocal(ulong ntpTime) => (long)(SinceOrigin(ntpTime) + _offset);

    private double SinceOrigin(ulong ntpTime) => NtpTime.Difference(ntpTime, _origin).TotalMicroseconds;
}
