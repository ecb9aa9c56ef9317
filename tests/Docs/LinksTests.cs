using System.Text.RegularExpressions;

namespace Xunke.Tests.Docs;

public sealed partial class LinksTests
{
    [Fact]
    public void Every_relative_link_of_a_document_leads_to_a_file_and_a_heading()
    {
        var broken = new List<string>();
        foreach (string document in Repository.Documents)
        {
            foreach (Match link in Link().Matches(WithoutCode(File.ReadAllText(document))))
            {
                string target = Uri.UnescapeDataString(link.Groups["target"].Value);
                if (!target.Contains("://", StringComparison.Ordinal) && Fault(document, target) is { } fault)
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, document)}: {target}: {fault}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    private static string? Fault(string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        return !Path.Exists(file) ? "no such file"
            : parts.Length == 2 && !Anchors(file).Contains(parts[1]) ? "no such heading"
            : null;
    }

    /// <summary>The anchors that GitHub gives to a document's headings.</summary>
    private static HashSet<string> Anchors(string document) =>
        [.. Heading().Matches(WithoutCode(File.ReadAllText(document))).Select(heading => Anchor(heading.Groups["text"].Value))];

    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_'))
            .Replace(' ', '-');

    private static string WithoutCode(string text) => Fence().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
