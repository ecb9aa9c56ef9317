namespace Xunke.Streaming.Rtsp;

/// <summary>The times that RTSP cameras are kept to.</summary>
public sealed record CameraOptions
{
    /// <summary>How long a camera may take to connect, to describe itself, and between two pictures.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The wait before the second attempt; each further one doubles it.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The wait after a fault that only a person can mend, such as a wrong password: cameras lock users out who try
    /// wrong passwords often.
    /// </summary>
    public TimeSpan SettledRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A camera that was live for so long starts its waits anew.</summary>
    public TimeSpan Sound { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the parts of a failed attempt have to say why.</summary>
    public TimeSpan LastWords { get; init; } = TimeSpan.FromMilliseconds(500);
}
