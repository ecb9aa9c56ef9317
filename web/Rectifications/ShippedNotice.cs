using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Xunke.Web.Rectifications;

/// <summary>The notice that comes with Xunke: a heading, a table of what it is about, and what was done, on A4.</summary>
internal static class ShippedNotice
{
    private const string Song = "SimSun";
    private const int HeadWidth = 1700;
    private const int CellWidth = 2800;
    private const string HeadingSize = "36";
    private const string TextSize = "24";

    /// <summary>Makes it.</summary>
    public static byte[] Make()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            MainDocumentPart main = document.AddMainDocumentPart();
            main.Document = new Document(new Body(
                Line("整改通知书", HeadingSize, JustificationValues.Center, isBold: true),
                Line("编号：{编号}", TextSize, JustificationValues.Right),
                Table(),
                Line(string.Empty, TextSize, JustificationValues.Left),
                Line("下发人：{下发人}　　　　下发日期：{下发日期}", TextSize, JustificationValues.Right),
                Line("学校负责人（签字）：　　　　　　　　日期：　　　　　　", TextSize, JustificationValues.Right),
                new SectionProperties(
                    new PageSize { Width = 11906, Height = 16838 },
                    new PageMargin { Top = 1440, Bottom = 1440, Left = 1440, Right = 1440, Header = 720, Footer = 720, Gutter = 0 })));
        }

        return stream.ToArray();
    }

    private static Table Table() => new(
        new TableProperties(
            new TableWidth { Width = "9000", Type = TableWidthUnitValues.Dxa },
            new TableBorders(
                Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(),
                Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>())),
        new TableGrid(Columns()),
        Row(("学校", false), ("{学校}", false), ("教室", false), ("{教室}", false)),
        Row(("整改责任人", false), ("{责任人}", false), ("整改期限", false), ("{整改期限}", false)),
        Row(("事项", false), ("{事项}", true)),
        Row(("存在问题及整改要求", false), ("{问题}", true)),
        Row(("整改情况", false), ("{整改过程}", true)),
        Row(("当前状态", false), ("{状态}", false), ("办结日期", false), ("{办结日期}", false)));

    private static IEnumerable<OpenXmlElement> Columns() =>
        new[] { HeadWidth, CellWidth, HeadWidth, CellWidth }.Select(width => new GridColumn { Width = $"{width}" });

    private static TableRow Row(params (string Text, bool IsWide)[] cells) => new(cells.Select((cell, place) =>
    {
        var properties = new TableCellProperties(
            new TableCellWidth
            {
                Width = $"{(cell.IsWide ? HeadWidth + (2 * CellWidth) : place % 2 == 0 ? HeadWidth : CellWidth)}",
                Type = TableWidthUnitValues.Dxa,
            });
        if (cell.IsWide)
        {
            properties.Append(new GridSpan { Val = 3 });
        }

        return new TableCell(properties, Line(cell.Text, TextSize, JustificationValues.Left));
    }));

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
