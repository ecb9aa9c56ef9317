using System.Buffers.Binary;
using System.Diagnostics;

namespace Xunke.Tests.Support;

/// <summary>A PNG as FFmpeg reads it: 8-bit RGB, rows packed.</summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Pixels)
{
    public static async Task<DecodedPng> ReadAsync(byte[] file)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-v", "error", "-f", "png_pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var pixels = new MemoryStream();
        Task reading = ffmpeg.StandardOutput.BaseStream.CopyToAsync(pixels);
        await ffmpeg.StandardInput.BaseStream.WriteAsync(file);
        ffmpeg.StandardInput.Close();
        await reading;
        await ffmpeg.WaitForExitAsync();
        ffmpeg.ExitCode.ShouldBe(0);

        // The header chunk comes first: eight bytes of signature, its length and its name.
        return new DecodedPng(
            BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)), pixels.ToArray());
    }
}
