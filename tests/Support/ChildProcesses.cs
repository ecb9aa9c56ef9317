using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Xunke.Tests.Support;

/// <summary>Children of this or another process, and signals to them.</summary>
[SupportedOSPlatform("linux")]
internal static class ChildProcesses
{
    /// <summary>A child whose command line has these words; null where there is none.</summary>
    public static int? Find(int parent, params string[] words) => Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && Read(id, "cmdline") is var line && words.All(word => line.Contains(word, StringComparison.Ordinal))
            && Read(id, "status").Contains($"PPid:\t{parent}\n", StringComparison.Ordinal))
        .Cast<int?>().FirstOrDefault();

    /// <summary>Sends a signal, such as <c>-KILL</c>.</summary>
    public static void Signal(string signal, int processId)
    {
        using var kill = Process.Start("kill", [signal, $"{processId}"]);
        kill.WaitForExit();
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return string.Empty;
        }
    }
}
