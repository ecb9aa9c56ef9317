using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>Completes a file in place: the index behind its clusters, then what the beginning says of it.</summary>
internal static class RecordingSeal
{
    /// <summary>The last frame has no successor to tell how long it is shown; a camera's usual pace stands in.</summary>
    private const int LastFrame = 66;

    /// <summary>How long a file plays.</summary>
    public static TimeSpan LengthOf(FileIndex index) =>
        index.IsEmpty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(index.End + LastFrame);

    /// <summary>Completes a file. A crash on the way leaves it incomplete, and harmless: the size of the segment comes last.</summary>
    /// <param name="end">Where the last cluster ends; anything behind is cut off.</param>
    /// <returns>The size of the file.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static long Apply(SafeFileHandle file, MatroskaLayout layout, FileIndex index, long end)
    {
        RandomAccess.SetLength(file, end);
        using var buffer = new EbmlBuffer(64 * 1024);
        index.Write(buffer, layout.SeekTrack);
        RandomAccess.Write(file, buffer.Written, end);
        var length = end + buffer.Length;

        using var seekHead = new EbmlBuffer(MatroskaHeader.SeekHeadLength);
        WriteSeekHead(seekHead, layout, end);
        RandomAccess.Write(file, seekHead.Written, layout.SeekHeadAt);
        using var duration = new EbmlBuffer(MatroskaHeader.DurationLength);
        duration.Float(MatroskaElement.Duration, LengthOf(index).TotalMilliseconds);
        RandomAccess.Write(file, duration.Written, layout.DurationAt);
        RandomAccess.FlushToDisk(file);

        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, (1L << 56) | (length - layout.SegmentStart));
        RandomAccess.Write(file, size, layout.SegmentSizeAt);
        RandomAccess.FlushToDisk(file);
        return length;
    }

    private static void WriteSeekHead(EbmlBuffer buffer, MatroskaLayout layout, long cuesAt)
    {
        var head = buffer.Begin(MatroskaElement.SeekHead);
        Seek(MatroskaElement.Info, layout.InfoAt);
        Seek(MatroskaElement.Tracks, layout.TracksAt);
        Seek(MatroskaElement.Cues, cuesAt);
        buffer.End(head);
        buffer.Void(MatroskaHeader.SeekHeadLength - buffer.Length);

        void Seek(uint id, long at)
        {
            var seek = buffer.Begin(MatroskaElement.Seek);
            buffer.Id(MatroskaElement.SeekId);
            buffer.Size(4);
            buffer.BigEndian(id, 4);
            buffer.Unsigned(MatroskaElement.SeekPosition, (ulong)(at - layout.SegmentStart));
            buffer.End(seek);
        }
    }
}
