namespace Xunke.Streaming.Decoding;

/// <summary>Notices that a room's video arrives but gives no picture. Calls must be serialised.</summary>
internal sealed class PictureWatch(TimeSpan limit, TimeProvider time)
{
    /// <summary>After a silence this long the publisher gets the whole time anew to show a picture.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private long _lastPacket;
    private long _since;
    private long _malformed;
    private bool _inTrouble;

    /// <summary>Whether packets come, and none of them was bad.</summary>
    public bool IsFed => _lastPacket != 0 && !_inTrouble && time.GetElapsedTime(_lastPacket) <= Silence;

    /// <summary>A picture came out.</summary>
    public void OnPicture()
    {
        _since = time.GetTimestamp();
        _inTrouble = false;
    }

    /// <summary>The decoder refused a unit.</summary>
    public void OnDecodeError() => _inTrouble = true;

    /// <summary>A packet has come.</summary>
    /// <param name="malformed">How many units were malformed so far.</param>
    /// <returns>One of <see cref="DecodeFaults"/> when the time is over, once per limit; otherwise null.</returns>
    public string? OnPacket(long malformed)
    {
        var now = time.GetTimestamp();
        if (_lastPacket == 0 || time.GetElapsedTime(_lastPacket, now) > Silence)
        {
            _since = now;
        }

        _lastPacket = now;
        _inTrouble |= malformed != _malformed;
        _malformed = malformed;
        if (time.GetElapsedTime(_since, now) < limit)
        {
            return null;
        }

        var code = _inTrouble ? DecodeFaults.CannotDecode : DecodeFaults.NoPicture;
        _since = now;
        _inTrouble = false;
        return code;
    }
}
