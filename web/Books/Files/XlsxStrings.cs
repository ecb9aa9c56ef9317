using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace Xunke.Web.Books.Files;

/// <summary>Texts of a workbook.</summary>
internal static partial class XlsxStrings
{
    /// <summary>Reads the texts that cells share.</summary>
    public static List<string> Read(SharedStringTablePart? part, XlsxBudget budget)
    {
        var texts = new List<string>();
        if (part is null)
        {
            return texts;
        }

        using Stream stream = part.GetStream(FileMode.Open, FileAccess.Read);
        using XmlReader reader = budget.Open(stream);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si")
            {
                texts.Add(ReadRuns(reader, budget));
            }
        }

        return texts;
    }

    /// <summary>Reads an element's text from all its runs, without the reading aids (phonetic runs) above them.</summary>
    /// <param name="reader">On the element that has the text; moves to its end.</param>
    /// <param name="budget">Counts the text.</param>
    public static string ReadRuns(XmlReader reader, XlsxBudget budget)
    {
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        string text = string.Empty;
        int depth = reader.Depth;
        int phonetic = int.MaxValue;
        bool inText = false;
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "rPh" && !reader.IsEmptyElement:
                    phonetic = Math.Min(phonetic, reader.Depth);
                    break;
                case XmlNodeType.EndElement when reader.Depth == phonetic:
                    phonetic = int.MaxValue;
                    break;
                case XmlNodeType.Element when reader.LocalName == "t":
                    inText = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "t":
                    inText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace
                    when inText && phonetic == int.MaxValue:
                    text += budget.Take(reader.Value);
                    break;
            }
        }

        return Unescape(text);
    }

    /// <summary>Turns such as "_x000D_" into the character.</summary>
    public static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, match =>
            ((char)int.Parse(match.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
