using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>One <c>ffmpeg</c> that decodes Ogg Opus from its input to floating-point samples on its output.</summary>
internal sealed class SoundChild : IDisposable
{
    private const int BlockBytes = 16 * 1024;

    private readonly Process _ffmpeg;
    private readonly int _channels;

    private SoundChild(Process ffmpeg, int channels) => (_ffmpeg, _channels) = (ffmpeg, channels);

    /// <summary>Where the Ogg pages go; its end ends the child.</summary>
    public Stream Input => _ffmpeg.StandardInput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="rate">Samples a second of each channel.</param>
    /// <exception cref="FileNotFoundException">FFmpeg is not installed.</exception>
    public static SoundChild Start(int channels, int rate) => new(
        MediaTool.Start(
            "ffmpeg",
            [
                // Nothing is probed: what comes is known, and what was said must be heard within a second.
                "-v", "fatal", "-copyts", "-threads", "1", "-protocol_whitelist", "pipe", "-fflags", "nobuffer", "-probesize", "4096",
                "-analyzeduration", "0", "-f", "ogg", "-i", "pipe:0", "-ac", $"{channels}", "-af", $"aresample={rate}:async=1:first_pts=0",
                "-f", "f32le", "-flush_packets", "1", "pipe:1",
            ],
            withInput: true),
        channels);

    /// <summary>Hands on what it decodes until it ends.</summary>
    public async Task ReadAsync(ISoundReceiver receiver, Action<int> heard, CancellationToken cancellationToken)
    {
        var complaint = _ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var frame = sizeof(float) * _channels;
        var held = 0;
        try
        {
            int read;
            while ((read = await _ffmpeg.StandardOutput.BaseStream.ReadAsync(bytes.AsMemory(held, BlockBytes - held), cancellationToken).ConfigureAwait(false)) > 0)
            {
                held += read;
                var whole = held / frame * frame;
                receiver.OnSound(_channels, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, whole)));
                heard(whole / frame);
                bytes.AsSpan(whole, held - whole).CopyTo(bytes);
                held -= whole;
            }

            await complaint.ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        MediaTool.Stop(_ffmpeg);
        _ffmpeg.Dispose();
    }
}
