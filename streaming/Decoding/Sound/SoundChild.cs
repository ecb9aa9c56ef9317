using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Sound;

/// <summary>One <c>ffmpeg</c> that decodes Ogg Opus from its input to floating-point samples on its output.</summary>
internal sealed class SoundChild : IDisposable
{
    private const int BlockBytes = 16 * 1024;
    private const int LongestComplaint = 300;

    private readonly Process _ffmpeg;
    private readonly int _channels;
    private volatile string? _complaint;

    private SoundChild(Process ffmpeg, int channels)
    {
        (_ffmpeg, _channels) = (ffmpeg, channels);
        _ffmpeg.ErrorDataReceived += (_, line) => _complaint = string.IsNullOrWhiteSpace(line.Data) ? _complaint
            : line.Data.Length > LongestComplaint ? line.Data[..LongestComplaint] : line.Data;
        _ffmpeg.BeginErrorReadLine();
    }

    public Process Process => _ffmpeg;

    /// <summary>Its last words, or null.</summary>
    public string? Complaint => _complaint;

    /// <summary>Where the Ogg pages go; its end ends the child.</summary>
    public Stream Input => _ffmpeg.StandardInput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="program">FFmpeg's name or path.</param>
    /// <param name="channels">1 or 2.</param>
    /// <param name="rate">Samples a second of each channel.</param>
    /// <exception cref="IOException">FFmpeg is not installed, or the system has no room for another process.</exception>
    public static SoundChild Start(string program, int channels, int rate) => new(
        MediaTool.Start(
            program,
            [
                // Nothing is probed: what comes is known, and what was said must be heard within a second.
                "-v", "fatal", "-copyts", "-threads", "1", "-protocol_whitelist", "pipe", "-fflags", "nobuffer", "-probesize", "4096",
                "-analyzeduration", "0", "-f", "ogg", "-i", "pipe:0", "-ac", $"{channels}", "-af", $"aresample={rate}:async=1:first_pts=0",
                "-f", "f32le", "-flush_packets", "1", "pipe:1",
            ],
            withInput: true),
        channels);

    /// <summary>Hands on what it decodes until it ends, or closes its output.</summary>
    /// <param name="decoded">Gets whole samples; with two channels one of each in turn.</param>
    public async Task ReadAsync(Action<ReadOnlySpan<float>> decoded, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var frame = sizeof(float) * _channels;
        var held = 0;
        try
        {
            int read;
            while ((read = await _ffmpeg.StandardOutput.BaseStream.ReadAsync(bytes.AsMemory(held, BlockBytes - held), cancellationToken)
                .ConfigureAwait(false)) > 0)
            {
                held += read;
                var whole = held / frame * frame;
                decoded(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, whole)));
                bytes.AsSpan(whole, held - whole).CopyTo(bytes);
                held -= whole;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Ends it; may be called at any time, and again.</summary>
    public void Kill() => MediaTool.Stop(_ffmpeg);

    /// <inheritdoc />
    public void Dispose()
    {
        Kill();
        _ffmpeg.Dispose();
    }
}
