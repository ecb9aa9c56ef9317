namespace Xunke.Analytics.Stills;

/// <summary>A small picture of a room in which nobody can be recognised (<see cref="StillMaker"/>).</summary>
/// <param name="At">When its picture was taken.</param>
/// <param name="Jpeg">The picture as a JPEG file.</param>
public sealed record Still(DateTimeOffset At, ReadOnlyMemory<byte> Jpeg);
