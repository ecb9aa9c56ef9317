namespace Xunke.Analytics.Scheduling;

/// <summary>A picture of a room on which nobody can be recognised: all in small squares, heads in large ones.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pixels">8-bit RGB, rows packed.</param>
/// <param name="At">When it was taken.</param>
public sealed record RoomPicture(int Width, int Height, ReadOnlyMemory<byte> Pixels, DateTimeOffset At);
