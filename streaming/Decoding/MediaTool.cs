using System.ComponentModel;
using System.Diagnostics;

namespace Xunke.Streaming.Decoding;

/// <summary>FFmpeg's programs, started on files.</summary>
internal static class MediaTool
{
    /// <summary>Starts one with its outputs redirected.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="withInput">Whether its input is redirected as well.</param>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
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
        catch (Win32Exception cause)
        {
            throw new FileNotFoundException(
                $"The program '{program}' cannot be started ({cause.Message}). Install the Debian package ffmpeg.", program, cause);
        }
    }

    /// <summary>A file's name as FFmpeg takes it for nothing else: not for an option, a protocol or a pattern.</summary>
    public static string Name(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Ends it if it still runs.</summary>
    public static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
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
