namespace Xunke.Streaming.Recording.Matroska;

/// <summary>
/// The beginning of a recorded file. The places of what is only known at the end (where the index is, how long the file
/// is, where the segment ends) are kept free, so that the file can be played before and be completed in place.
/// </summary>
internal static class MatroskaHeader
{
    public const int VideoTrack = 1;
    public const int SoundTrack = 2;

    /// <summary>Ticks of a millisecond in nanoseconds: times in the file are milliseconds.</summary>
    public const int NanosecondsPerTick = 1_000_000;

    /// <summary>Bytes kept free for the seek head.</summary>
    public const int SeekHeadLength = 80;

    /// <summary>Bytes kept free for the duration: identifier, size and a number of eight bytes.</summary>
    public const int DurationLength = 11;

    /// <summary>The size of a segment that is still being written (RFC 8794 section 6.2), in eight bytes.</summary>
    public const ulong UnknownSize = 0x01FF_FFFF_FFFF_FFFF;

    private const string Application = "Xunke";
    private const int VideoType = 1;
    private const int SoundType = 2;
    private const int SamplesPerSecond = 48_000;
    private const int StereoChannels = 2;
    private const int OpusPreRoll = 80_000_000;

    /// <summary>DateUTC counts nanoseconds from here.</summary>
    public static readonly DateTimeOffset Epoch = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>OpusHead (RFC 7845 section 5.1): version 1, stereo, no pre-skip because recording begins in the middle, 48 kHz.</summary>
    private static ReadOnlySpan<byte> OpusHead =>
    [
        (byte)'O', (byte)'p', (byte)'u', (byte)'s', (byte)'H', (byte)'e', (byte)'a', (byte)'d', 1, StereoChannels,
        0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0,
    ];

    /// <summary>Writes everything that stands before the first cluster.</summary>
    /// <param name="startedAt">The time of day of time 0 in the file.</param>
    public static void Write(EbmlBuffer buffer, RecordedTracks tracks, DateTimeOffset startedAt)
    {
        var header = buffer.Begin(MatroskaElement.EbmlHeader);
        buffer.Unsigned(MatroskaElement.EbmlVersion, 1);
        buffer.Unsigned(MatroskaElement.EbmlReadVersion, 1);
        buffer.Unsigned(MatroskaElement.EbmlMaxIdLength, 4);
        buffer.Unsigned(MatroskaElement.EbmlMaxSizeLength, 8);
        // WebM is Matroska with fewer codecs; H.264 is not one of them.
        buffer.Text(MatroskaElement.DocType, tracks.Codec == VideoCodec.H264 ? "matroska" : "webm");
        buffer.Unsigned(MatroskaElement.DocTypeVersion, 4);
        buffer.Unsigned(MatroskaElement.DocTypeReadVersion, 2);
        buffer.End(header);

        buffer.Id(MatroskaElement.Segment);
        buffer.BigEndian(UnknownSize, 8);
        buffer.Void(SeekHeadLength);
        var info = buffer.Begin(MatroskaElement.Info);
        buffer.Unsigned(MatroskaElement.TimestampScale, NanosecondsPerTick);
        buffer.Void(DurationLength);
        buffer.Unsigned64(MatroskaElement.DateUtc, (ulong)((startedAt - Epoch).Ticks * TimeSpan.NanosecondsPerTick));
        buffer.Text(MatroskaElement.MuxingApp, Application);
        buffer.Text(MatroskaElement.WritingApp, Application);
        buffer.End(info);

        var all = buffer.Begin(MatroskaElement.Tracks);
        if (tracks.Codec != VideoCodec.None)
        {
            WriteVideo(buffer, tracks);
        }

        if (tracks.HasSound)
        {
            WriteSound(buffer);
        }

        buffer.End(all);
    }

    private static void WriteVideo(EbmlBuffer buffer, RecordedTracks tracks)
    {
        var entry = BeginTrack(buffer, VideoTrack, VideoType, tracks.Codec == VideoCodec.H264 ? "V_MPEG4/ISO/AVC" : "V_VP8");
        if (tracks.Configuration.Length > 0)
        {
            buffer.Binary(MatroskaElement.CodecPrivate, tracks.Configuration);
        }

        var video = buffer.Begin(MatroskaElement.Video);
        buffer.Unsigned(MatroskaElement.PixelWidth, (ulong)tracks.Width);
        buffer.Unsigned(MatroskaElement.PixelHeight, (ulong)tracks.Height);
        buffer.End(video);
        buffer.End(entry);
    }

    private static void WriteSound(EbmlBuffer buffer)
    {
        var entry = BeginTrack(buffer, SoundTrack, SoundType, "A_OPUS");
        buffer.Binary(MatroskaElement.CodecPrivate, OpusHead);
        buffer.Unsigned(MatroskaElement.SeekPreRoll, OpusPreRoll);
        var audio = buffer.Begin(MatroskaElement.Audio);
        buffer.Float(MatroskaElement.SamplingFrequency, SamplesPerSecond);
        buffer.Unsigned(MatroskaElement.Channels, StereoChannels);
        buffer.End(audio);
        buffer.End(entry);
    }

    private static int BeginTrack(EbmlBuffer buffer, int number, int type, string codec)
    {
        var entry = buffer.Begin(MatroskaElement.TrackEntry);
        buffer.Unsigned(MatroskaElement.TrackNumber, (ulong)number);
        buffer.Unsigned(MatroskaElement.TrackUid, (ulong)number);
        buffer.Unsigned(MatroskaElement.TrackType, (ulong)type);
        buffer.Unsigned(MatroskaElement.FlagLacing, 0);
        buffer.Text(MatroskaElement.CodecId, codec);
        return entry;
    }
}
