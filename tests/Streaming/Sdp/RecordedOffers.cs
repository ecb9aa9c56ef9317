namespace Xunke.Tests.Streaming.Sdp;

/// <summary>Offers that real peers wrote, beside the test assembly.</summary>
internal static class RecordedOffers
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "recorded-offers");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".sdp"));

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Folder, "*.sdp").Order(StringComparer.Ordinal).Select(File.ReadAllText);
}
