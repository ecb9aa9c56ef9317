using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Xunke.Streaming.Decoding;

/// <summary>FFmpeg's programs, started on files.</summary>
internal static class MediaTool
{
    /// <summary>ENOENT.</summary>
    public const int NoSuchFile = 2;

    /// <summary>Pixels of the largest picture that is decoded: 256 Mi, which is more than any camera takes.</summary>
    public const long MostPixels = 256 << 20;

    /// <summary>Options for reading with ffmpeg that stand before <see cref="Input"/>.</summary>
    public static string[] Decoding { get; } = ["-max_pixels", MostPixels.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Starts one with its outputs redirected.</summary>
    /// <param name="withInput">Whether its input is redirected as well.</param>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
    /// <exception cref="IOException">The system has no room for another process now.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool withInput = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = withInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause) when (cause.NativeErrorCode == NoSuchFile)
        {
            throw new FileNotFoundException(
                $"The program '{program}' cannot be started ({cause.Message}). Install the Debian package ffmpeg.", program, cause);
        }
        catch (Win32Exception cause)
        {
            throw new IOException($"The program '{program}' cannot be started: {cause.Message}", cause);
        }
    }

    /// <summary>A file as input: its name is never taken for a protocol, an option or a pattern, and it cannot make FFmpeg open an
    /// address.</summary>
    public static string[] Input(string path)
    {
        var reader = StillPicture.IsNamed(path) ? StillPicture.ReaderOf(path) : null;
        return ["-protocol_whitelist", "file", .. reader is null ? [] : (string[])["-f", reader], "-i", Name(path)];
    }

    /// <summary>A file's name as FFmpeg takes it for nothing else: not for an option or a protocol.</summary>
    public static string Name(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Whether a program ended because somebody killed it: 128 and the number of SIGKILL or SIGTERM. One that crashes blames its
    /// file.</summary>
    public static bool WasKilled(Process ended) => ended.ExitCode is 137 or 143;

    /// <summary>Ends it if it still runs. May be called at any time, by anybody, and again.</summary>
    public static void Stop(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // It ended by itself at this moment, or somebody else has stopped and disposed of it.
        }
    }
}
