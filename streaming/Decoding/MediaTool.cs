using System.ComponentModel;
using System.Diagnostics;

namespace Xunke.Streaming.Decoding;

/// <summary>FFmpeg's programs, started on files.</summary>
internal static class MediaTool
{
    /// <summary>ENOENT.</summary>
    public const int NoSuchFile = 2;

    /// <summary>Starts one with its outputs redirected.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is told.</param>
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

    /// <summary>A file's name as FFmpeg takes it for nothing else: not for an option, a protocol or a pattern.</summary>
    public static string Name(string path) => "file:" + Path.GetFullPath(path);

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

    /// <summary>The first line of a complaint, without the file's own name in front.</summary>
    public static string FirstLine(string complaint, string path)
    {
        string line = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "no reason given";
        string prefix = Name(path) + ": ";
        return line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
    }
}
