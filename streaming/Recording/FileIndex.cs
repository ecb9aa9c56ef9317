using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>Where in a file players can start, and how far it reaches. Kept while the file is written, or read back from it.</summary>
internal sealed class FileIndex
{
    private readonly List<(long Time, long Position)> _starts = [];

    /// <summary>The latest time of a frame, in milliseconds.</summary>
    public long End { get; private set; }

    /// <summary>Whether there is any frame.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Adds a cluster.</summary>
    /// <param name="position">Where it stands, from the start of the segment's content.</param>
    public void Add(long time, long end, bool startsWithKey, long position)
    {
        IsEmpty = false;
        End = Math.Max(End, end);
        if (startsWithKey)
        {
            _starts.Add((time, position));
        }
    }

    /// <summary>Writes the Cues element (RFC 9559 section 5.1.5).</summary>
    public void Write(EbmlBuffer buffer, int track)
    {
        var cues = buffer.Begin(MatroskaElement.Cues);
        foreach (var (time, position) in _starts)
        {
            var point = buffer.Begin(MatroskaElement.CuePoint);
            buffer.Unsigned(MatroskaElement.CueTime, (ulong)time);
            var place = buffer.Begin(MatroskaElement.CueTrackPositions);
            buffer.Unsigned(MatroskaElement.CueTrack, (ulong)track);
            buffer.Unsigned(MatroskaElement.CueClusterPosition, (ulong)position);
            buffer.End(place);
            buffer.End(point);
        }

        buffer.End(cues);
    }
}
