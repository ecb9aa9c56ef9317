namespace Xunke.Streaming.Rooms;

/// <summary>
/// The side of a room that other threads touch without the media plane's lock: its taps, and the wish for a key
/// frame. A tap may hold locks of its own when it calls in here, and is called with the media plane's lock held.
/// </summary>
internal sealed class TapPoint
{
    private volatile IRtpTap[] _taps = [];
    private int _keyFrameWanted;

    /// <summary>The taps at this moment; the array never changes.</summary>
    public IRtpTap[] Taps => _taps;

    /// <summary>Whether a room uses this point; guarded by the lock of <see cref="TapPoints"/>.</summary>
    public bool HasRoom { get; set; }

    public void WantKeyFrame() => Volatile.Write(ref _keyFrameWanted, 1);

    /// <summary>Takes the wish, if there is one.</summary>
    public bool TakeKeyFrameWish() =>
        Volatile.Read(ref _keyFrameWanted) != 0 && Interlocked.Exchange(ref _keyFrameWanted, 0) != 0;

    /// <summary>Adds a tap; guarded by the lock of <see cref="TapPoints"/>.</summary>
    public void Add(IRtpTap tap) => _taps = [.. _taps, tap];

    /// <summary>Removes a tap; guarded by the lock of <see cref="TapPoints"/>.</summary>
    public void Remove(IRtpTap tap) => _taps = [.. _taps.Where(other => other != tap)];
}
