using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding;

/// <summary>Reads a sound stream of a file into floating-point samples, through an <c>ffmpeg</c> child process.</summary>
public static class AudioFileReader
{
    private const int BlockSamples = 16 * 1024;

    /// <summary>
    /// Yields the sound from the file's first instant on, in blocks of whole frames (one sample of each channel in turn). A block is
    /// valid until the next is asked for. Gaps in the stream are filled with silence, so that a sample's place is its time.
    /// </summary>
    /// <param name="channels">Channels to mix it to: 1 or 2.</param>
    /// <param name="rate">Samples a second of each channel.</param>
    /// <param name="track">The stream; null for the first one with sound.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or FFmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">No sound can be decoded; the message is ffmpeg's.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
        string path, int channels, int rate, SoundTrack? track = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        using var ffmpeg = MediaTool.Start("ffmpeg", Arguments(path, channels, rate, track));
        var complaint = ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
        var blockBytes = BlockSamples * sizeof(float);
        var bytes = ArrayPool<byte>.Shared.Rent(blockBytes);
        var samples = new float[BlockSamples];
        long total = 0;
        try
        {
            int read;
            do
            {
                read = await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(
                    bytes.AsMemory(0, blockBytes), blockBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                var whole = read / (sizeof(float) * channels) * channels;
                MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, whole * sizeof(float))).CopyTo(samples);
                total += whole;
                if (whole > 0)
                {
                    yield return samples.AsMemory(0, whole);
                }
            }
            while (read == blockBytes);

            await ffmpeg.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (total == 0)
            {
                throw new InvalidDataException(
                    $"'{path}': 声音无法解码 its sound cannot be decoded: {MediaComplaint.Explain(await complaint.ConfigureAwait(false), path)}");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            MediaTool.Stop(ffmpeg);
        }
    }

    private static string[] Arguments(string path, int channels, int rate, SoundTrack? track)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"aresample={rate}:async=1:first_pts=0");
        var map = track is { } chosen ? string.Create(CultureInfo.InvariantCulture, $"0:{chosen.Index}") : "0:a:0";
        return
        [
            "-nostdin", "-v", "error", "-threads", "1", "-vn", .. MediaTool.Input(path),
            "-map", map, "-ac", channels.ToString(CultureInfo.InvariantCulture), "-af", filter,
            "-ar", rate.ToString(CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1",
        ];
    }
}
