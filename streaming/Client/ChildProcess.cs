using System.ComponentModel;
using System.Diagnostics;
using Xunke.Streaming.Decoding;

namespace Xunke.Streaming.Client;

/// <summary>Starts and stops FFmpeg's tools.</summary>
internal static class ChildProcess
{
    /// <summary>Starts a tool.</summary>
    /// <exception cref="PublishException">The tool is not installed.</exception>
    /// <exception cref="PublishRetryException">The system has no room for another process now.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception full) when (full.NativeErrorCode != MediaTool.NoSuchFile)
        {
            throw new PublishRetryException($"{start.FileName} cannot be started now: {full.Message}");
        }
        catch (Win32Exception missing)
        {
            throw new PublishException(
                PublishFault.ToolMissing, $"{start.FileName} cannot be started ({missing.Message}); install FFmpeg.");
        }
    }

    /// <summary>Ends the process if it still runs.</summary>
    public static void Stop(Process process) => MediaTool.Stop(process);
}
