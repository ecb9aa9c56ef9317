namespace Xunke.Actors.Classrooms;

/// <summary>Tells from when a room's last picture came whether its pictures have stopped.</summary>
internal sealed class PictureWatch(TimeProvider time, ClassroomSettings settings)
{
    /// <summary>On a computer that is behind, it is looked for the picture that often.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private long _last;

    /// <summary>How long none has come.</summary>
    private TimeSpan Silence => time.GetElapsedTime(_last);

    /// <summary>One has come, or the first is waited for from now on.</summary>
    public void Mark() => _last = time.GetTimestamp();

    /// <summary>Whether pictures are only late, because the computer is behind.</summary>
    /// <param name="isBehind">Whether the computer is behind with this room.</param>
    public bool IsLate(bool isBehind) => Silence >= settings.StallAfter && Silence < settings.MostBehind && isBehind;

    /// <summary>When to look again; null: they have stopped.</summary>
    /// <param name="isLate">Whether they are only late.</param>
    public TimeSpan? NextLook(bool isLate)
    {
        var left = settings.StallAfter - Silence;
        return isLate ? LookAgain : left > TimeSpan.Zero ? left : null;
    }
}
