using System.Globalization;

namespace Xunke.Streaming.Recording;

/// <summary>A complete file of a recording.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Offset">Its start, from the start of the recording.</param>
/// <param name="File">What is in it.</param>
public sealed record RecordedPart(int Number, TimeSpan Offset, RecordedFile File)
{
    /// <summary>The name of a part's file in the recording's folder.</summary>
    /// <param name="number">From 1.</param>
    public static string FileName(int number) => number.ToString(CultureInfo.InvariantCulture) + RecordedFile.Extension;
}
