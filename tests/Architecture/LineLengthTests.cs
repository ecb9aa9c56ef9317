using Xunke.Tests.Docs;

namespace Xunke.Tests.Architecture;

public sealed class LineLengthTests
{
    private const int Longest = 140;

    // A line that is hardly more than one text may stand over the edge.
    private const int MostBesideText = 60;

    // Folders whose long lines are still to be broken. Lines may only be taken away.
    private static readonly string[] Pending =
    [
        "tests/Actors/", "tests/Analytics/Vision/", "tests/Web/Lessons/",
        // Their words stand in the API's description.
        "actors/Live/RoomView.cs", "web/Admin/RoomKeysFeature.cs", "web/Audit/AuditHead.cs",
    ];

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        IEnumerable<string> tooLong =
            from folder in (string[])["analytics", "streaming", "actors", "web", "tests", "bench"]
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal)
                && !Pending.Any(pending => path.StartsWith(pending, StringComparison.Ordinal))
            from number in LongLines(file)
            select $"{path}:{number}";

        tooLong.ShouldBeEmpty();
    }

    private static IEnumerable<int> LongLines(string file)
    {
        bool inText = false;
        foreach ((int index, string line) in File.ReadLines(file).Index())
        {
            bool begins = !inText;
            inText ^= line.Split("\"\"\"").Length % 2 == 0;
            if (line.Length > Longest && begins && line.Trim().Length - (line.LastIndexOf('"') - line.IndexOf('"')) > MostBesideText)
            {
                yield return index + 1;
            }
        }
    }
}
