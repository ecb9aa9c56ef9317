using System.Diagnostics;
using System.Text.Json;

namespace Xunke.Streaming.Decoding;

/// <summary>Looks into media files with FFmpeg's programs.</summary>
public static class MediaFileProbe
{
    private static readonly string[] Entries =
    [
        "format=format_name,duration,start_time",
        "stream=index,codec_type,codec_name,width,height,channels,duration,start_time,nb_frames,color_transfer",
        "stream_disposition=default,attached_pic,timed_thumbnails,metadata,dependent,visual_impaired,comment",
        "stream_tags=DURATION",
        "stream_side_data=rotation,displaymatrix",
    ];

    /// <summary>
    /// Describes a file. Covers and thumbnails are no pictures of a lesson; of several video tracks the one marked as default is the
    /// lesson, or else the largest, if anything in it can be decoded.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file, or FFmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">It is no media file; the message says why.</exception>
    /// <exception cref="IOException">A program was killed, or the system has no room for it.</exception>
    public static async Task<MediaFileDescription> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}': 没有这个文件 there is no such file.", path);
        }

        var streams = await ReadStreamsAsync(path, cancellationToken).ConfigureAwait(false);
        string? complaint = null;
        foreach (var video in streams.Videos)
        {
            (var picture, var said) = await FirstPicture.ReadAsync(path, video.Index, cancellationToken).ConfigureAwait(false);
            if (picture is not null)
            {
                return new MediaFileDescription(picture.ShownWidth, picture.Height, streams.DurationOf(video.Json), streams.Sounds)
                {
                    Pictures = new PictureTrack(video.Index, video.IsTurned, picture.IsInterlaced, video.IsPerceptual)
                    {
                        IsPlain = !video.IsTurned && !picture.IsInterlaced && picture.ShownWidth == picture.Width,
                    },
                };
            }

            complaint ??= video.IsTooLarge
                ? $"画面太大 its pictures are too large ({video.Width}x{video.Height})."
                : $"画面无法解码 no picture can be decoded: {MediaComplaint.Explain(said, path)}";
        }

        return complaint is null
            ? new MediaFileDescription(0, 0, streams.DurationOf(streams.FirstSound), streams.Sounds)
            : throw new InvalidDataException($"'{path}': {complaint}");
    }

    private static async Task<MediaStreams> ReadStreamsAsync(string path, CancellationToken cancellationToken)
    {
        using var ffprobe = MediaTool.Start(
            "ffprobe", ["-v", "error", "-show_entries", string.Join(':', Entries), "-of", "json", .. MediaTool.Input(path)]);
        var complaint = ffprobe.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var answer = await ffprobe.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await ffprobe.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (MediaTool.WasKilled(ffprobe))
            {
                throw new IOException("ffprobe was killed.");
            }

            if (ffprobe.ExitCode != 0)
            {
                throw new InvalidDataException($"'{path}': {MediaComplaint.Explain(await complaint.ConfigureAwait(false), path)}");
            }

            using var described = JsonDocument.Parse(answer);
            var streams = MediaStreams.Parse(described.RootElement.Clone());
            return MediaComplaint.OfFormat(streams.Format) is { } wrong ? throw new InvalidDataException($"'{path}': {wrong}") : streams;
        }
        finally
        {
            MediaTool.Stop(ffprobe);
        }
    }
}
