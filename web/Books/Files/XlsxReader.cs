using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace Xunke.Web.Books.Files;

/// <summary>Reads a workbook (.xlsx). The package takes the file apart; the rows are read as a stream, since a district's sheet has several
/// hundred thousand cells.</summary>
internal sealed class XlsxReader(string name, byte[] content, FileLimits limits)
{
    private readonly XlsxBudget _budget = new(limits);

    /// <summary>Reads all sheets.</summary>
    /// <exception cref="FileRefusedException">The file is broken or too large.</exception>
    public Workbook Read()
    {
        try
        {
            CheckParts();
            using var document = SpreadsheetDocument.Open(
                new MemoryStream(content, writable: false),
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = limits.UnpackedBytes });
            WorkbookPart book = document.WorkbookPart ?? throw Broken(null);
            List<string> texts = XlsxStrings.Read(book.SharedStringTablePart, _budget);
            var formats = XlsxFormats.Read(book);
            var sheets = new List<Sheet>();
            foreach (S.Sheet sheet in book.Workbook?.Sheets?.Elements<S.Sheet>() ?? [])
            {
                // A chart has a sheet of its own, without cells.
                if (sheet.Id?.Value is { } id && book.TryGetPartById(id, out OpenXmlPart? part) && part is WorksheetPart cells)
                {
                    string title = sheet.Name?.Value ?? $"Sheet{sheets.Count + 1}";
                    bool hidden = sheet.State?.Value is { } state && state != SheetStateValues.Visible;
                    sheets.Add(new XlsxRows(title, texts, formats, limits, _budget).Read(cells, hidden));
                    if (sheets.Count > limits.Sheets)
                    {
                        throw new FileRefusedException($"工作表太多，最多 {limits.Sheets} 张 too many sheets: at most {limits.Sheets}");
                    }
                }
            }

            return sheets.Any(sheet => sheet.Rows > 0)
                ? new Workbook(name, ".xlsx", sheets)
                : throw new FileRefusedException("文件是空的 the file is empty");
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or OpenXmlPackageException or FileFormatException
            or IOException or FormatException or ArgumentException or InvalidOperationException or OverflowException
            or NotSupportedException)
        {
            throw Broken(fault);
        }
    }

    private static FileRefusedException Broken(Exception? fault) =>
        new("工作簿不完整或已损坏 the workbook is incomplete or damaged；请用 Excel 或 WPS 打开后重新保存 open it in Excel or WPS and save it again", fault);

    // What the archive says of its own size; what it hides is stopped while it is read.
    private void CheckParts()
    {
        using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        ZipBounds.Check(zip, limits);
    }
}
