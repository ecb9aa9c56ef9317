using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Xunke.Web.Documents;

/// <summary>What the forms that come with Xunke are made of: lines, and a table of four columns, on A4.</summary>
internal static class WordForm
{
    private const string Song = "SimSun";
    private const int HeadWidth = 1700;
    private const int CellWidth = 2800;
    private const string HeadingSize = "36";
    private const string TextSize = "24";

    /// <summary>Makes a document.</summary>
    /// <param name="parts">Lines and tables, from the top.</param>
    public static byte[] Make(params IEnumerable<OpenXmlElement> parts)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.AddMainDocumentPart().Document = new Document(new Body(parts.Append(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1440, Bottom = 1440, Left = 1440, Right = 1440, Header = 720, Footer = 720, Gutter = 0 }))));
        }

        return stream.ToArray();
    }

    /// <summary>The heading.</summary>
    public static Paragraph Heading(string text) => Line(text, HeadingSize, JustificationValues.Center, isBold: true);

    /// <summary>A line at the right edge.</summary>
    public static Paragraph AtRight(string text) => Line(text, TextSize, JustificationValues.Right);

    /// <summary>A line.</summary>
    public static Paragraph AtLeft(string text) => Line(text, TextSize, JustificationValues.Left);

    /// <summary>A table with lines around its cells.</summary>
    public static Table Table(params IEnumerable<TableRow> rows) => new(
    [
        new TableProperties(
            new TableWidth { Width = "9000", Type = TableWidthUnitValues.Dxa },
            new TableBorders(
                Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(),
                Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>())),
        new TableGrid(new[] { HeadWidth, CellWidth, HeadWidth, CellWidth }.Select(width => new GridColumn { Width = $"{width}" })),
        .. rows,
    ]);

    /// <summary>A row of two names, each with what belongs to it.</summary>
    public static TableRow Row(string name, string text, string otherName, string otherText) => new(
        Cell(name, HeadWidth), Cell(text, CellWidth), Cell(otherName, HeadWidth), Cell(otherText, CellWidth));

    /// <summary>A row of a name and a text over the rest of the width.</summary>
    public static TableRow Row(string name, string text) => new(Cell(name, HeadWidth), Cell(text, HeadWidth + (2 * CellWidth), span: 3));

    private static TableCell Cell(string text, int width, int span = 1)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa });
        if (span > 1)
        {
            properties.Append(new GridSpan { Val = span });
        }

        return new TableCell(properties, AtLeft(text));
    }

    private static Paragraph Line(string text, string size, JustificationValues at, bool isBold = false)
    {
        var properties = new RunProperties(new RunFonts { Ascii = Song, HighAnsi = Song, EastAsia = Song });
        if (isBold)
        {
            properties.Append(new Bold());
        }

        properties.Append(new FontSize { Val = size });
        return new Paragraph(
            new ParagraphProperties(new SpacingBetweenLines { Before = "60", After = "60" }, new Justification { Val = at }),
            new Run(properties, new W.Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static TBorder Border<TBorder>()
        where TBorder : BorderType, new() => new() { Val = BorderValues.Single, Size = 4 };
}
