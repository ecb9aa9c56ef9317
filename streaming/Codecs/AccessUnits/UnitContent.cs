namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>What a finished unit holds.</summary>
internal enum UnitContent
{
    /// <summary>A whole picture.</summary>
    Picture,

    /// <summary>No picture: parameter sets or other side data only.</summary>
    NoPicture,

    /// <summary>A part of it is missing.</summary>
    Damaged,
}
