using System.IO.Compression;
using System.Security;
using System.Text;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>Makes workbooks part by part, as other programs write them, apart from the product's own writer.</summary>
internal sealed class MadeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string Xml, string State)> _sheets = [];
    private readonly Dictionary<string, string> _more = [];

    /// <summary>A workbook with one sheet, whose rows are lines and whose cells are between bars.</summary>
    public static Workbook Of(string sheet, string table, params string[] merged) =>
        new MadeWorkbook().Sheet(sheet, table, merged).Read("课表.xlsx");

    public MadeWorkbook Sheet(string name, string table, params string[] merged)
    {
        var xml = new StringBuilder();
        foreach ((int row, string line) in table.Split('\n').Index())
        {
            xml.Append($"<row r=\"{row + 1}\">");
            foreach ((int column, string text) in line.Split('|').Index())
            {
                string cell = text.Trim(' ').Replace("\\n", "\n", StringComparison.Ordinal);
                if (cell.Length > 0)
                {
                    xml.Append($"<c r=\"{new CellAddress(row, column)}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(cell)}</t></is></c>");
                }
            }

            xml.Append("</row>");
        }

        string merges = string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"));
        return SheetXml(name, xml.ToString(), merged.Length > 0 ? $"<mergeCells>{merges}</mergeCells>" : string.Empty);
    }

    public MadeWorkbook SheetXml(string name, string rows, string after = "", string state = "visible")
    {
        _sheets.Add((name, $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData>{after}</worksheet>", state));
        return this;
    }

    public MadeWorkbook Strings(string xml) => Part("sharedStrings", $"<sst xmlns=\"{Main}\">{xml}</sst>");

    public MadeWorkbook Styles(string xml) => Part("styles", $"<styleSheet xmlns=\"{Main}\">{xml}</styleSheet>");

    public Workbook Read(string name, FileLimits? limits = null) => Workbook.Read(name, Bytes(), limits);

    public byte[] Bytes()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/s{i}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))
                + string.Concat(_more.Keys.Select(part => $"<Override PartName=\"/xl/{part}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{part}+xml\"/>"))
                + "</Types>");
            Write(zip, "_rels/.rels", Rels($"<Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            Write(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>"
                + string.Concat(_sheets.Select((sheet, i) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"s{i}\"/>"))
                + "</sheets></workbook>");
            Write(zip, "xl/_rels/workbook.xml.rels", Rels(
                string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Relations}/worksheet\" Target=\"s{i}.xml\"/>"))
                + string.Concat(_more.Keys.Select(part => $"<Relationship Id=\"{part}\" Type=\"{Relations}/{part}\" Target=\"{part}.xml\"/>"))));
            foreach ((int i, (string Name, string Xml, string State) sheet) in _sheets.Index())
            {
                Write(zip, $"xl/s{i}.xml", sheet.Xml);
            }

            foreach ((string part, string xml) in _more)
            {
                Write(zip, $"xl/{part}.xml", xml);
            }
        }

        return stream.ToArray();
    }

    private static string Rels(string relations) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>";

    private static void Write(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write(xml);
    }

    private MadeWorkbook Part(string name, string xml)
    {
        _more[name] = xml;
        return this;
    }
}
