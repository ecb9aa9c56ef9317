using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace Xunke.Web.Books.Files;

/// <summary>Writes tables as a workbook: a header that stays in sight, texts that stay texts when they are edited, dates as
/// dates.</summary>
internal static class XlsxWriter
{
    private const int LongestName = 31;
    private const int LongestText = 32_767;
    private const int WidestColumn = 40;
    private const int HeaderStyle = 1;
    private const int TextStyle = 2;
    private const int DateStyle = 3;

    /// <summary>Writes a workbook with a sheet for each table.</summary>
    /// <exception cref="ArgumentException">A text is longer than a cell can hold.</exception>
    public static byte[] Write(IReadOnlyList<BookSheet> tables)
    {
        var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            foreach ((int index, BookSheet table) in tables.Index())
            {
                WorksheetPart part = book.AddNewPart<WorksheetPart>();
                WriteSheet(part, table);
                sheets.Append(new S.Sheet
                {
                    Name = Name(table.Name, index),
                    SheetId = (uint)index + 1,
                    Id = book.GetIdOfPart(part),
                });
            }

            book.Workbook = new S.Workbook(sheets);
        }

        return stream.ToArray();
    }

    private static void WriteSheet(WorksheetPart part, BookSheet table)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        {
            WorkbookViewId = 0,
        }));
        if (table.Headers.Count > 0)
        {
            writer.WriteElement(new Columns(table.Headers.Select((header, i) => Width(table, header, i))));
        }

        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 0, [.. table.Headers.Select(header => (BookCell)header)], HeaderStyle);
        foreach ((int index, IReadOnlyList<BookCell> row) in table.Rows.Index())
        {
            WriteRow(writer, index + 1, row, TextStyle);
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, int row, IReadOnlyList<BookCell> cells, uint style)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)row + 1 });
        foreach ((int column, BookCell cell) in cells.Index())
        {
            if (!cell.IsEmpty)
            {
                writer.WriteElement(Cell(new CellAddress(row, column).ToString(), cell, style));
            }
        }

        writer.WriteEndElement();
    }

    private static Cell Cell(string at, BookCell cell, uint style)
    {
        if (cell.Text is { } text)
        {
            return text.Length > LongestText
                ? throw new ArgumentException($"{at} is longer than {LongestText} characters")
                : new Cell
                {
                    CellReference = at,
                    StyleIndex = style,
                    DataType = CellValues.InlineString,
                    InlineString = new InlineString(new S.Text(Escape(text)) { Space = SpaceProcessingModeValues.Preserve }),
                };
        }

        return cell.Date is { } date
            ? new Cell
            {
                CellReference = at,
                StyleIndex = DateStyle,
                CellValue = new CellValue(date.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)),
            }
            : new Cell { CellReference = at, CellValue = new CellValue(cell.ToString()) };
    }

    // XML cannot hold all characters, and a carriage return would come back as a line feed.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            bool looksEscaped = text[i] == '_' && i + 1 < text.Length && text[i + 1] == 'x';
            if (pair)
            {
                escaped.Append(text, i++, 2);
            }
            else if (looksEscaped || char.IsSurrogate(text[i]) || text[i] is (< ' ' and not '\t' and not '\n') or '\uFFFE' or '\uFFFF')
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            }
            else
            {
                escaped.Append(text[i]);
            }
        }

        return escaped.ToString();
    }

    // A hanzi is as wide as two letters.
    private static S.Column Width(BookSheet table, string header, int place)
    {
        int widest = table.Rows.Take(100).Select(row => place < row.Count ? Letters(row[place].ToString()) : 0)
            .Append(Letters(header)).Max();
        return new S.Column
        {
            Min = (uint)place + 1,
            Max = (uint)place + 1,
            Width = Math.Min(widest + 3, WidestColumn),
            CustomWidth = true,
        };
    }

    private static int Letters(string text) => text.Sum(letter => letter > 0xFF ? 2 : 1);

    // The signs that Excel allows in no name.
    private static string Name(string name, int index)
    {
        string plain = string.Concat(name.Where(sign => !"[]:*?/\\'".Contains(sign, StringComparison.Ordinal) && sign >= ' '));
        return plain.Length == 0 ? $"Sheet{index + 1}" : plain.Length > LongestName ? plain[..LongestName] : plain;
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true, NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }));
}
