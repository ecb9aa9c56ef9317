using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Stills;

/// <summary>
/// Where in a room's pictures heads were found in the last minute: who is not found in one picture was found in another. Not
/// thread-safe.
/// </summary>
internal sealed class HeadPlaces
{
    /// <summary>Cells along the picture's longer side.</summary>
    public const int CellsAlong = 128;

    /// <summary>A square around a head is this much larger than the box around it, which is twice a head already.</summary>
    private const float Margin = 1.2f;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>For each cell when a head was last there, in milliseconds since the first picture; less than zero: never.</summary>
    private long[] _seen = [];

    /// <summary>Heads that no later one was as large as: when they were found, and how large. The first is the largest.</summary>
    private readonly LinkedList<(long At, float Size)> _largest = new();

    private DateTimeOffset _begun;
    private long _now;

    /// <summary>The width of the pictures in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>The height of the pictures in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Pixels along a side of a cell.</summary>
    public float CellSize => Math.Max(Width, Height) / (float)CellsAlong;

    /// <summary>The size of the largest head of the last minute in pixels; 0: there was none.</summary>
    public float LargestHead => _largest.First?.Value.Size ?? 0;

    private int Columns => (int)MathF.Ceiling(Width / CellSize);

    private int Rows => (int)MathF.Ceiling(Height / CellSize);

    /// <summary>Learns from what was found in a picture.</summary>
    public void Learn(RgbFrame frame, IReadOnlyList<Pose> poses)
    {
        if (frame.Width != Width || frame.Height != Height || frame.CapturedAt < _begun.AddMilliseconds(_now))
        {
            // Another camera, or a clock that was set back: nothing is known of when.
            (Width, Height, _begun, _now) = (frame.Width, frame.Height, frame.CapturedAt, 0);
            _seen = new long[Columns * Rows];
            Array.Fill(_seen, long.MinValue);
            _largest.Clear();
        }

        _now = (long)(frame.CapturedAt - _begun).TotalMilliseconds;
        while (_largest.First is { } oldest && _now - oldest.Value.At > Memory.TotalMilliseconds)
        {
            _largest.RemoveFirst();
        }

        foreach (Pose pose in poses)
        {
            Mark(SquareAround(pose));
            Remember(HeadBox.SizeOf(pose));
        }
    }

    /// <summary>Whether a head was in a part of the picture in the last minute.</summary>
    public bool WasIn(Box part)
    {
        (int left, int top, int right, int bottom) = CellsOf(part);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (_seen[(y * Columns) + x] is >= 0 and var at && _now - at <= Memory.TotalMilliseconds)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Box SquareAround(Pose pose)
    {
        // From behind the model puts a face low on the head, or on the neck: the person's box has what is above.
        Box head = HeadBox.Of(pose);
        head = head with { Top = Math.Clamp(pose.Box.Top, head.Top - head.Height, head.Top) };
        float half = Margin * Math.Max(head.Width, head.Height) / 2;
        (float x, float y) = ((head.Left + head.Right) / 2, (head.Top + head.Bottom) / 2);
        return new Box(x - half, y - half, x + half, y + half);
    }

    private void Mark(Box head)
    {
        (int left, int top, int right, int bottom) = CellsOf(head);
        for (int y = top; y <= bottom; y++)
        {
            _seen.AsSpan((y * Columns) + left, Math.Max(0, right - left + 1)).Fill(_now);
        }
    }

    private void Remember(float size)
    {
        while (_largest.Last is { } last && last.Value.Size <= size)
        {
            _largest.RemoveLast();
        }

        _largest.AddLast((_now, size));
    }

    /// <summary>The cells that a part of the picture touches; none, with the last before the first, where it is outside.</summary>
    private (int Left, int Top, int Right, int Bottom) CellsOf(Box part) => (
        Math.Clamp((int)MathF.Floor(part.Left / CellSize), 0, Columns),
        Math.Clamp((int)MathF.Floor(part.Top / CellSize), 0, Rows),
        Math.Clamp((int)MathF.Floor(part.Right / CellSize), -1, Columns - 1),
        Math.Clamp((int)MathF.Floor(part.Bottom / CellSize), -1, Rows - 1));
}
