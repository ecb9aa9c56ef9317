namespace Xunke.Actors.Identity;

/// <summary>A code for whoever has lost the device that makes the others. Its row goes when it is used.</summary>
public sealed class RecoveryCode
{
    /// <summary>SHA-256 of the code, in hex: whoever reads the database cannot use it.</summary>
    public required string Digest { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }
}
