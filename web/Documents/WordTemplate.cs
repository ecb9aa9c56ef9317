using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Xunke.Web.Documents;

/// <summary>Fills in a Word document: words in braces become values, and keep the look that the template gives them.</summary>
internal static partial class WordTemplate
{
    /// <summary>The type of a Word document.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>Fills in a template.</summary>
    /// <param name="template">A .docx file.</param>
    /// <param name="values">By the words in braces. A word that is not among them stays as it is.</param>
    public static byte[] Fill(byte[] template, IReadOnlyDictionary<string, string> values)
    {
        using var stream = new MemoryStream();
        stream.Write(template);
        using (var document = WordprocessingDocument.Open(stream, isEditable: true))
        {
            foreach (OpenXmlElement root in Roots(document))
            {
                foreach (Paragraph paragraph in root.Descendants<Paragraph>().ToList())
                {
                    Fill(paragraph, values);
                }
            }
        }

        return stream.ToArray();
    }

    /// <summary>All of the text of a document, a line a paragraph.</summary>
    /// <exception cref="FileFormatException">It is no Word document.</exception>
    public static string TextOf(byte[] content)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        return string.Join('\n', Roots(document).SelectMany(root => root.Descendants<Paragraph>()).Select(paragraph =>
            string.Concat(paragraph.Descendants().Select(one => one is W.Text text ? text.Text : one is Break ? "\n" : string.Empty))));
    }

    private static IEnumerable<OpenXmlElement> Roots(WordprocessingDocument document)
    {
        MainDocumentPart main = document.MainDocumentPart ?? throw new FileFormatException("there is no document in it");
        return ((IEnumerable<OpenXmlElement?>)[
            main.Document,
            .. main.HeaderParts.Select(part => part.Header),
            .. main.FooterParts.Select(part => part.Footer),
        ]).OfType<OpenXmlElement>();
    }

    // Word cuts what somebody types into runs as it likes, so that a word in braces may begin in one and end in another.
    private static void Fill(Paragraph paragraph, IReadOnlyDictionary<string, string> values)
    {
        List<W.Text> parts = [.. paragraph.Descendants<W.Text>()];
        string whole = string.Concat(parts.Select(part => part.Text));
        foreach (Match match in Braces().Matches(whole).Reverse())
        {
            if (values.TryGetValue(match.Groups["word"].Value, out string? value))
            {
                Replace(parts, match.Index, match.Length, Clean(value));
            }
        }

        parts.ForEach(BreakLines);
    }

    private static void Replace(List<W.Text> parts, int from, int length, string value)
    {
        int begin = 0;
        bool isPlaced = false;
        foreach (W.Text part in parts)
        {
            string text = part.Text;
            int first = Math.Max(from - begin, 0), last = Math.Min(from + length - begin, text.Length);
            begin += text.Length;
            if (first < last)
            {
                part.Text = text[..first] + (isPlaced ? string.Empty : value) + text[last..];
                part.Space = SpaceProcessingModeValues.Preserve;
                isPlaced = true;
            }
        }
    }

    private static void BreakLines(W.Text part)
    {
        string[] lines = part.Text.Split('\n');
        part.Text = lines[0];
        OpenXmlElement last = part;
        foreach (string line in lines.Skip(1))
        {
            last = last.InsertAfterSelf(new Break());
            last = last.InsertAfterSelf(new W.Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }
    }

    // XML cannot hold all characters.
    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (Rune rune in value.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or >= ' ' and not (0xFFFE or 0xFFFF))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    [GeneratedRegex(@"\{(?<word>[^{}]{1,20})\}")]
    private static partial Regex Braces();
}
