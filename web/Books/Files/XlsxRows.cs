using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads the cells of one sheet of a workbook.</summary>
internal sealed class XlsxRows(string title, List<string> texts, XlsxFormats formats, FileLimits limits, XlsxBudget budget)
{
    private readonly List<string?[]> _rows = [];
    private readonly List<CellRange> _merged = [];
    private readonly List<string?> _row = [];

    /// <summary>Reads the sheet.</summary>
    public Sheet Read(WorksheetPart part, bool hidden)
    {
        using Stream stream = part.GetStream(FileMode.Open, FileAccess.Read);
        using XmlReader reader = budget.Open(stream);
        int row = -1;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "row":
                    row = Number(reader.GetAttribute("r"), row + 2) - 1;
                    ReadRow(reader, row);
                    break;
                case "mergeCell" when CellRange.TryParse(reader.GetAttribute("ref"), out CellRange range):
                    _merged.Add(range);
                    if (_merged.Count > limits.Merged)
                    {
                        throw new FileRefusedException($"工作表 “{title}” 合并单元格太多 the sheet has too many merged cells: at most {limits.Merged}");
                    }

                    break;
            }
        }

        return new Sheet(title, _rows, _merged, hidden);
    }

    private void ReadRow(XmlReader reader, int row)
    {
        _row.Clear();
        int cells = 0;
        int column = -1;
        int depth = reader.Depth;
        bool empty = reader.IsEmptyElement;
        while (!empty && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "c")
            {
                column = CellAddress.TryParse(reader.GetAttribute("r"), out CellAddress at) ? at.Column : column + 1;
                string text = ReadCell(reader);
                if (PlainText.Trim(text).Length > 0)
                {
                    cells = budget.TakeCell();
                    TableBounds.Check(limits, title, row + 1, column + 1, cells);
                    while (_row.Count <= column)
                    {
                        _row.Add(null);
                    }

                    _row[column] = text;
                }
            }
        }

        if (_row.Count > 0 && row >= 0)
        {
            while (_rows.Count <= row)
            {
                _rows.Add([]);
            }

            _rows[row] = [.. _row];
        }
    }

    private string ReadCell(XmlReader reader)
    {
        string type = reader.GetAttribute("t") ?? "n";
        int style = Number(reader.GetAttribute("s"), 0);
        int depth = reader.Depth;
        string value = string.Empty;
        bool empty = reader.IsEmptyElement, inValue = false;
        while (!empty && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "is")
            {
                value = XlsxStrings.ReadRuns(reader, budget);
            }
            else if (reader.LocalName == "v")
            {
                inValue = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            }
            else if (inValue && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                value += budget.Take(reader.Value);
            }
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < texts.Count
                ? budget.Take(texts[index]) : string.Empty,
            "str" => XlsxStrings.Unescape(value),
            "n" when value.Length > 0 => formats.Text(value, style),
            "b" => value == "1" ? "TRUE" : "FALSE",
            _ => value,
        };
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
