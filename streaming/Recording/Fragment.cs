using System.Buffers.Binary;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Codecs.AccessUnits;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>
/// Up to two seconds of a recording in memory, as the Matroska cluster that it becomes on the disk (RFC 9559 section 5.1.3).
/// Where it holds a key frame, that comes first. Times are milliseconds from the start of the file.
/// </summary>
internal sealed class Fragment : IDisposable
{
    /// <summary>The flag of a block that decoding can start at.</summary>
    public const byte KeyFlag = 0x80;

    private const int UsualSize = 384 * 1024;

    private readonly EbmlBuffer _buffer = new(UsualSize);
    private readonly int _start;

    /// <summary>Begins a fragment.</summary>
    public Fragment(long time, bool startsWithKey)
    {
        Time = time;
        End = time;
        StartsWithKey = startsWithKey;
        _start = _buffer.Begin(MatroskaElement.Cluster);
        _buffer.Unsigned(MatroskaElement.ClusterTimestamp, (ulong)time);
    }

    /// <summary>The time that its blocks count from.</summary>
    public long Time { get; }

    /// <summary>The latest time of a block in it.</summary>
    public long End { get; private set; }

    /// <summary>A player can start here.</summary>
    public bool StartsWithKey { get; }

    /// <summary>Bytes so far.</summary>
    public int Length => _buffer.Length;

    /// <summary>Whether a time is near enough to be written in here: blocks hold 16 bits.</summary>
    public bool Reaches(long time) => time - Time is > short.MinValue and < short.MaxValue;

    /// <summary>Adds a frame.</summary>
    /// <param name="track">A track number below 127.</param>
    /// <param name="time">Its time; see <see cref="Reaches"/>.</param>
    public void Add(int track, long time, bool isKey, ReadOnlySpan<byte> frame)
    {
        _buffer.Id(MatroskaElement.SimpleBlock);
        _buffer.Size((ulong)frame.Length + 4);
        _buffer.BigEndian((ulong)(0x80 | track), 1);
        _buffer.BigEndian((ushort)(short)(time - Time), 2);
        _buffer.BigEndian(isKey ? KeyFlag : 0u, 1);
        _buffer.Append(frame);
        End = Math.Max(End, time);
    }

    /// <summary>Adds a picture: in H.264 the start codes of Annex B become lengths (ISO/IEC 14496-15 section 5.2.3), both of four
    /// bytes.</summary>
    public void Add(long time, AccessUnit unit)
    {
        Add(MatroskaHeader.VideoTrack, time, unit.IsKey, unit.Data);
        if (unit.Codec != VideoCodec.H264)
        {
            return;
        }

        var copy = _buffer.Written[^unit.Length..];
        for (ReadOnlySpan<byte> rest = copy; !rest.IsEmpty;)
        {
            var at = copy.Length - rest.Length;
            var nal = H264ActiveSets.NextNal(ref rest);
            BinaryPrimitives.WriteInt32BigEndian(copy[at..], nal.Length);
        }
    }

    /// <summary>Completes the cluster.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        _buffer.End(_start);
        return _buffer.Memory;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();
}
