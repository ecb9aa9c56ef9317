using System.Buffers.Binary;

namespace Xunke.Streaming.Recording.Matroska;

/// <summary>Where in a file's beginning the places are that are filled in at its end, and what the header says of the rest.</summary>
internal sealed record MatroskaLayout
{
    private const int SegmentIdLength = 4;
    private const int SegmentHeadLength = SegmentIdLength + 8;

    /// <summary>Where the segment's size stands, in eight bytes.</summary>
    public required long SegmentSizeAt { get; init; }

    /// <summary>Where the segment's content starts: positions in the file count from here.</summary>
    public required long SegmentStart { get; init; }

    public required long SeekHeadAt { get; init; }

    /// <summary>The information element.</summary>
    public required long InfoAt { get; init; }

    /// <summary>The room for the duration.</summary>
    public required long DurationAt { get; init; }

    /// <summary>The tracks element.</summary>
    public required long TracksAt { get; init; }

    /// <summary>Where the first cluster starts.</summary>
    public required long ClustersAt { get; init; }

    /// <summary>The file has been completed.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The time of day of time 0.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What the file holds; the configuration of the video is not read back.</summary>
    public required RecordedTracks Tracks { get; init; }

    public int SeekTrack => Tracks.Codec == VideoCodec.None ? MatroskaHeader.SoundTrack : MatroskaHeader.VideoTrack;

    /// <summary>Reads the beginning of a file that <see cref="MatroskaHeader"/> wrote.</summary>
    /// <param name="start">The first bytes of the file, more than the header is long.</param>
    /// <exception cref="InvalidDataException">It is none of ours, or is cut off.</exception>
    public static MatroskaLayout Read(ReadOnlySpan<byte> start)
    {
        var reader = new EbmlReader(start);
        Skip(ref reader, MatroskaElement.EbmlHeader);
        var segment = reader.Position;
        var segmentSize = Enter(ref reader, MatroskaElement.Segment);
        var segmentStart = reader.Position;
        if (segmentStart - segment != SegmentHeadLength)
        {
            // The size that is written at the end would not fit.
            throw Foreign();
        }

        // Void before the end, a seek head after it.
        SkipRoom(ref reader, MatroskaElement.SeekHead);
        var info = reader.Position;
        var (startedAt, duration) = ReadInfo(ref reader);
        var tracks = reader.Position;
        var size = Enter(ref reader, MatroskaElement.Tracks);
        var recorded = reader.TryTake(size, out var entries) ? ReadTracks(entries) : throw Foreign();
        return new MatroskaLayout
        {
            SegmentSizeAt = segment + SegmentIdLength,
            SegmentStart = segmentStart,
            SeekHeadAt = segmentStart,
            InfoAt = info,
            DurationAt = duration,
            TracksAt = tracks,
            ClustersAt = reader.Position,
            IsComplete = segmentSize != long.MaxValue,
            StartedAt = startedAt,
            Tracks = recorded,
        };
    }

    private static (DateTimeOffset StartedAt, long DurationAt) ReadInfo(ref EbmlReader reader)
    {
        var size = Enter(ref reader, MatroskaElement.Info);
        var start = reader.Position;
        if (!reader.TryTake(size, out var content))
        {
            throw Foreign();
        }

        var (date, duration) = (0L, 0L);
        var inner = new EbmlReader(content);
        for (var at = 0; inner.TryReadHead(out var id, out var length) && inner.TryTake(length, out var value); at = inner.Position)
        {
            if (id == MatroskaElement.DateUtc && value.Length == 8)
            {
                date = BinaryPrimitives.ReadInt64BigEndian(value);
            }
            else if (id is MatroskaElement.Duration or MatroskaElement.Void)
            {
                // What does not have the room's size would be written over its neighbours.
                duration = inner.Position - at == MatroskaHeader.DurationLength ? start + at : throw Foreign();
            }
        }

        return duration == 0 ? throw Foreign() : (MatroskaHeader.Epoch.AddTicks(date / TimeSpan.NanosecondsPerTick), duration);
    }

    private static RecordedTracks ReadTracks(ReadOnlySpan<byte> entries)
    {
        var tracks = new RecordedTracks(VideoCodec.None, 0, 0, [], HasSound: false);
        var reader = new EbmlReader(entries);
        while (reader.TryReadHead(out _, out var size) && reader.TryTake(size, out var entry))
        {
            tracks = ReadTrack(entry, tracks);
        }

        return tracks;
    }

    private static RecordedTracks ReadTrack(ReadOnlySpan<byte> entry, RecordedTracks tracks)
    {
        var reader = new EbmlReader(entry);
        while (reader.TryReadHead(out var id, out var size) && reader.TryTake(size, out var value))
        {
            tracks = id switch
            {
                MatroskaElement.CodecId when value.SequenceEqual("A_OPUS"u8) => tracks with { HasSound = true },
                MatroskaElement.CodecId when value.SequenceEqual("V_VP8"u8) => tracks with { Codec = VideoCodec.Vp8 },
                MatroskaElement.CodecId => tracks with { Codec = VideoCodec.H264 },
                MatroskaElement.PixelWidth => tracks with { Width = (int)EbmlReader.Unsigned(value) },
                MatroskaElement.PixelHeight => tracks with { Height = (int)EbmlReader.Unsigned(value) },
                MatroskaElement.Video => ReadTrack(value, tracks),
                _ => tracks,
            };
        }

        return tracks;
    }

    private static long Enter(ref EbmlReader reader, uint wanted) =>
        reader.TryReadHead(out var id, out var size) && id == wanted ? size : throw Foreign();

    private static void Skip(ref EbmlReader reader, uint wanted)
    {
        if (!reader.TryTake(Enter(ref reader, wanted), out _))
        {
            throw Foreign();
        }
    }

    private static void SkipRoom(ref EbmlReader reader, uint filled)
    {
        var end = reader.Position + MatroskaHeader.SeekHeadLength;
        if (!reader.TryReadHead(out var id, out _) || (id != filled && id != MatroskaElement.Void)
            || !reader.TryTake(end - reader.Position, out _))
        {
            throw Foreign();
        }
    }

    private static InvalidDataException Foreign() => new("The file does not begin as a recording does.");
}
