namespace Xunke.Analytics.Scheduling;

/// <summary>A picture of a room on which nobody can be recognised: all in small squares, heads in large ones.</summary>
/// <param name="Pixels">8-bit RGB, rows packed.</param>
public sealed record RoomPicture(int Width, int Height, ReadOnlyMemory<byte> Pixels, DateTimeOffset At);
