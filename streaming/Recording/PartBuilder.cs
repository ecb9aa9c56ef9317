using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Streaming.Recording;

/// <summary>Gathers the frames of one part into fragments on the media thread, and hands these to the writer.</summary>
/// <param name="origin">The video's time (the sound's, where it is alone) of the part's first frame, in microseconds.</param>
internal sealed class PartBuilder(RecordingPart part, long origin, long began, RecordingWriter writer)
{
    /// <summary>What the end of the process may cost, in microseconds of arrival time.</summary>
    public const long FragmentLength = 2_000_000;

    private const int LargestFragment = 4 * 1024 * 1024;

    // Sound may lag behind the picture by as much and still be written where it belongs.
    private const long SoundPatience = 500_000;

    // Queues and clocks that drift stay far below; a clock that jumps would make a file of hours.
    private const long LargestStray = 5_000_000;

    private readonly SoundTrack _sound = new();
    private Fragment? _fragment;
    private long _fragmentBegan;
    private long _lastPicture;

    /// <summary>What the part holds.</summary>
    public RecordedTracks Tracks => part.Tracks;

    /// <summary>Its start, from the start of the recording.</summary>
    public TimeSpan Offset => part.Offset;

    /// <summary>The latest time in it, in milliseconds.</summary>
    public long End { get; private set; }

    /// <summary>Whether a time is too far from what has passed since the part began to be on the same time line.</summary>
    public bool IsAstray(long time, long now) => Math.Abs(time - origin - (now - began)) > LargestStray;

    /// <summary>Adds a picture.</summary>
    /// <param name="time">The video's time in microseconds.</param>
    /// <returns>False when a fragment had to be left out: the part must end.</returns>
    public bool AddPicture(long time, AccessUnit unit, long now)
    {
        _lastPicture = time - origin;
        var milliseconds = Math.Max(0, (_lastPicture + 500) / 1000);
        if ((unit.IsKey || IsDue(now) || _fragment?.Reaches(milliseconds) == false) && !Cut())
        {
            return false;
        }

        Fragment(milliseconds, unit.IsKey, now).Add(milliseconds, unit);
        End = Math.Max(End, milliseconds);
        return true;
    }

    /// <summary>Adds a packet of sound.</summary>
    /// <param name="time">On the video's time line, in microseconds; what lies before the part is left out.</param>
    /// <returns>As for <see cref="AddPicture"/>.</returns>
    public bool AddSound(long time, int length, ReadOnlySpan<byte> packet, long now)
    {
        var milliseconds = Math.Max(0, (time - origin) / 1000);
        if ((IsDue(now) || _fragment?.Reaches(milliseconds) == false) && !Cut())
        {
            return false;
        }

        _sound.Add(Fragment(milliseconds, Tracks.Codec == VideoCodec.None, now), time - origin, length, packet);
        End = Math.Max(End, milliseconds);
        return true;
    }

    /// <summary>Hands on a fragment that has been gathered for long enough, whether or not more comes.</summary>
    /// <returns>As for <see cref="AddPicture"/>.</returns>
    public bool CutIfDue(long now) => !IsDue(now) || Cut();

    /// <summary>Ends the part.</summary>
    /// <returns>False when its last fragment had to be left out.</returns>
    public bool Finish()
    {
        var whole = Cut();
        writer.Complete(part);
        return whole;
    }

    private bool IsDue(long now) =>
        _fragment is not null && (now - _fragmentBegan >= FragmentLength || _fragment.Length >= LargestFragment);

    private Fragment Fragment(long time, bool startsWithKey, long now)
    {
        if (_fragment is null)
        {
            _fragment = new Fragment(time, startsWithKey);
            _fragmentBegan = now;
        }

        return _fragment;
    }

    private bool Cut()
    {
        if (_fragment is not { } fragment)
        {
            return true;
        }

        if (Tracks.HasSound && Tracks.Codec != VideoCodec.None)
        {
            _sound.FillTo(fragment, _lastPicture - SoundPatience);
        }

        _fragment = null;
        return writer.TryAppend(part, fragment);
    }
}
