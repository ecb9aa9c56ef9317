namespace Xunke.Actors.Visits;

/// <summary>The district's rule of what may be seen and heard during visits. There is one row.</summary>
public sealed class VisitPolicy
{
    /// <summary>The key of the one row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>Whether a visit may be with pictures and without sound.</summary>
    public required bool VideoOnly { get; set; }

    /// <summary>Whether a visit may be with sound and without pictures.</summary>
    public required bool AudioOnly { get; set; }

    /// <summary>Whether a visit may be with both.</summary>
    public required bool Both { get; set; }
}
