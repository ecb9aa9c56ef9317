using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Xunke.Web.Books.Files;

/// <summary>What the numbers of a workbook mean: its cells' formats.</summary>
/// <param name="Styles">By the number of a cell's style.</param>
/// <param name="From1904">Whether its days are counted from 1904 instead of 1900.</param>
internal sealed record XlsxFormats(IReadOnlyList<XlsxFormat> Styles, bool From1904)
{
    /// <summary>Reads the formats.</summary>
    public static XlsxFormats Read(WorkbookPart book)
    {
        Stylesheet? sheet = book.WorkbookStylesPart?.Stylesheet;
        var codes = new Dictionary<uint, string>();
        foreach (NumberingFormat format in sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            if (format is { NumberFormatId.Value: var id, FormatCode.Value: { } code })
            {
                codes[id] = code;
            }
        }

        XlsxFormat[] styles =
        [
            .. (sheet?.CellFormats?.Elements<CellFormat>() ?? []).Select(style =>
                XlsxFormat.Of(style.NumberFormatId?.Value ?? 0, codes.GetValueOrDefault(style.NumberFormatId?.Value ?? 0))),
        ];
        return new XlsxFormats(styles, book.Workbook?.WorkbookProperties?.Date1904?.Value ?? false);
    }

    /// <summary>A number as text: dates as 2026-09-01, times as 08:00, whole numbers without a fraction.</summary>
    /// <param name="value">As the file has it.</param>
    /// <param name="style">The number of the cell's style.</param>
    public string Text(string value, int style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return value;
        }

        XlsxFormat format = style >= 0 && style < Styles.Count ? Styles[style] : XlsxFormat.Plain;
        return format.Text(number, From1904);
    }
}
