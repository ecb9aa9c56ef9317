using System.Globalization;

namespace Xunke.Streaming.Decoding;

/// <summary>What the kernel says of a child process.</summary>
internal static class ChildState
{
    /// <summary>Whether it is running or waits for a processor: on a busy computer that is no reason to give it up.</summary>
    public static bool WantsProcessor(int processId)
    {
        try
        {
            // proc(5): the state follows the name, which is in parentheses and may hold any.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            return stat.LastIndexOf(')') is var end and >= 0 && end + 2 < stat.Length && stat[end + 2] == 'R';
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
