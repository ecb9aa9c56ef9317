using System.Reflection;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// Packets that real peers sent, decrypted: <c>captured.txt</c> beside this file, one <c>name hex</c> a line, where the
/// comments say who sent them.
/// </summary>
internal static class CapturedPackets
{
    private const string Resource = "captured.txt";

    private static readonly ILookup<string, byte[]> All = Read();

    /// <summary>The packets with a name: <c>rtp</c>, <c>rtcp</c>, <c>h264</c>, <c>vp8</c>, <c>stun</c> or <c>dtls</c>.</summary>
    public static IEnumerable<byte[]> Named(string name) => All[name];

    private static ILookup<string, byte[]> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' '))
            .ToLookup(parts => parts[0], parts => Convert.FromHexString(parts[1]));
    }
}
