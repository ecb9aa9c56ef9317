using System.IO.Compression;
using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>How workbooks become cells of text, and which files are refused.</summary>
public sealed class WorkbookTests
{
    [Fact]
    public void Numbers_dates_and_times_are_read_as_people_mean_them()
    {
        // 46266 is 2026-09-01, a Tuesday; 0.3333333333333333 is 08:00.
        Sheet sheet = new MadeWorkbook()
            .Styles("""
                <numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="[$-804]aaaa;@"/>
                <numFmt numFmtId="166" formatCode="000"/><numFmt numFmtId="167" formatCode="&quot;第&quot;0&quot;节&quot;"/>
                <numFmt numFmtId="168" formatCode="[h]:mm"/></numFmts>
                <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/>
                <xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="58"/><xf numFmtId="168"/></cellXfs>
                """)
            .SheetXml("Sheet1", """
                <row r="1"><c r="A1"><v>1.0</v></c><c r="B1"><v>2.5</v></c><c r="C1"><v>0.1</v></c><c r="D1"><v>20260901001</v></c>
                <c r="E1"><v>0.30000000000000004</v></c><c r="F1"><v>1.2345E+3</v></c></row>
                <row r="2"><c r="A2" s="1"><v>46266</v></c><c r="B2" s="2"><v>0.3333333333333333</v></c><c r="C2" s="3"><v>46266.5</v></c>
                <c r="D2" s="4"><v>46266</v></c><c r="E2" s="5"><v>46266</v></c><c r="F2" s="8"><v>46266</v></c><c r="G2" s="9"><v>0.5</v></c></row>
                <row r="3"><c r="A3" s="6"><v>7</v></c><c r="B3" s="7"><v>3</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c>
                <c r="E3" t="str"><f>A1&amp;"班"</f><v>1班</v></c><c r="F3" t="d"><v>2026-09-01</v></c></row>
                """)
            .Read("数.xlsx").Sheets[0];

        Row(sheet, 0).ShouldBe(["1", "2.5", "0.1", "20260901001", "0.3", "1234.5", ""]);
        Row(sheet, 1).ShouldBe(["2026-09-01", "08:00", "2026-09-01 12:00", "2026-09-01", "星期二", "2026-09-01", "12:00"]);
        Row(sheet, 2).ShouldBe(["007", "3", "TRUE", "#N/A", "1班", "2026-09-01", ""]);
    }

    [Fact]
    public void Rich_text_is_joined_and_phonetic_runs_are_left_out()
    {
        Sheet sheet = new MadeWorkbook()
            .Strings("<si><t>语文</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">三 </t></r><rPh sb=\"0\" eb=\"1\"><t>zhang</t></rPh><phoneticPr/></si>"
                + "<si><t>一_x000D_二</t></si>")
            .SheetXml("Sheet1", "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>9</v></c></row>")
            .Read("字.xlsx").Sheets[0];

        Row(sheet, 0).ShouldAllBe(cell => cell.Length == 0);
        Row(sheet, 1).ShouldBe(["", "语文", "张三 ", "一\r二"]);
    }

    [Fact]
    public void Merged_cells_have_the_text_of_the_first()
    {
        Sheet sheet = MadeWorkbook.Of("Sheet1", "甲||\n||乙", "A1:B2").Sheets[0];

        (sheet[1, 1], sheet.Filled(1, 1), sheet.Filled(0, 2), sheet.Filled(1, 2)).ShouldBe(("", "甲", "", "乙"));
        sheet.RangeAt(1, 0).ToString().ShouldBe("A1:B2");
        sheet.Anchor(1, 2).ToString().ShouldBe("C2");
    }

    [Fact]
    public void Hidden_sheets_are_told_and_not_guessed_at()
    {
        const string grid = "<row><c t=\"inlineStr\"><is><t>节次</t></is></c><c t=\"inlineStr\"><is><t>周一</t></is></c><c t=\"inlineStr\"><is><t>周二</t></is></c><c t=\"inlineStr\"><is><t>周三</t></is></c></row>";
        Workbook workbook = new MadeWorkbook().SheetXml("旧", grid, state: "hidden").SheetXml("新", grid).Read("课.xlsx");

        workbook.Sheets.Select(sheet => (sheet.Name, sheet.Hidden)).ShouldBe([("旧", true), ("新", false)]);
        SheetGuess.Of(workbook).ShouldHaveSingleItem().Sheet.ShouldBe("新");
    }

    public static TheoryData<string, byte[]> OtherFiles() => new()
    {
        { "旧版 Excel 工作簿 (.xls) an old Excel workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]] },
        { "工作簿有打开密码 the workbook has a password", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")] },
        { "这是 PDF", Encoding.ASCII.GetBytes("%PDF-1.7\n...") },
        { "这是图片", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A] },
        { "这是图片", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] },
        { "这是网页", Encoding.UTF8.GetBytes("\uFEFF<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>课表</td></tr></table>") },
        { "这是 XML 文件", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>") },
        { "(.xlsb) a binary Excel workbook", Zip("xl/workbook.bin") },
        { "(.ods) an OpenDocument spreadsheet", Zip("mimetype", "content.xml", "META-INF/manifest.xml") },
        { "这是 Word 或 PPT 文档", Zip("[Content_Types].xml", "word/document.xml") },
        { "这是压缩包，里面没有工作簿", Zip("课表.xlsx") },
        { "这是压缩包 a compressed archive", [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7, 0] },
        { "文件不完整或已损坏 the file is incomplete or damaged", Zip("xl/workbook.xml")[..40] },
        { "工作簿不完整或已损坏 the workbook is incomplete or damaged", Zip("xl/workbook.xml") },
        { "文件是空的 the file is empty", [] },
        { "文件是空的 the file is empty", Encoding.UTF8.GetBytes(",,\r\n,,\r\n") },
        { "编码无法确定 the encoding cannot be told for sure (像是 looks like Big5)", SchoolsFile.Bytes("節次,國語文化,數學課程\n一,湖濱國小三年級甲班,王老師的課\n", "big5") },
        { "文字已经是乱码", Encoding.UTF8.GetBytes(Encoding.GetEncoding("windows-1252").GetString(Encoding.UTF8.GetBytes("湖滨小学")) + ",1\n") },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Other_files_are_refused_with_the_right_words(string words, byte[] content) =>
        Should.Throw<FileRefusedException>(() => Workbook.Read("课表.xlsx", content)).Message.ShouldContain(words);

    [Fact]
    public void A_workbook_that_is_called_CSV_is_read_all_the_same() =>
        Workbook.Read("课表.csv", new MadeWorkbook().Sheet("一", "甲|乙").Bytes()).Sheets[0][0, 1].ShouldBe("乙");

    [Fact]
    public void Limits_of_bytes_sheets_rows_columns_cells_and_text_hold()
    {
        MadeWorkbook book = new MadeWorkbook().Sheet("一", "甲|乙\n丙|丁").Sheet("二", "戊|己");

        Refusal(book, new() { Sheets = 1 }).ShouldBe("工作表太多，最多 1 张 too many sheets: at most 1");
        Refusal(book, new() { Rows = 1 }).ShouldBe("工作表 “一” 行太多，最多 1 行 the sheet has too many rows: at most 1");
        Refusal(book, new() { Columns = 1 }).ShouldBe("工作表 “一” 列太多，最多 1 列 the sheet has too many columns: at most 1");
        Refusal(book, new() { Cells = 5 }).ShouldBe("单元格太多，最多 5 个 too many cells: at most 5");
        Refusal(book, new() { Characters = 5 }).ShouldBe("文字太多，不是课表或名册 too much text for a timetable or a list");
        Refusal(book, new() { Bytes = 100 }).ShouldContain("the file is too large");
        Refusal(book, new() { Parts = 2 }).ShouldBe("文件里部分太多，最多 2 个 too many parts in the file: at most 2");
        book.Read("够.xlsx", new() { Sheets = 2, Rows = 2, Columns = 2, Cells = 6, Characters = 6 }).Sheets.Count.ShouldBe(2);
        Should.Throw<FileRefusedException>(() => Workbook.Read("多.csv", Encoding.UTF8.GetBytes("1\n2\n3\n"), new() { Rows = 2 }))
            .Message.ShouldContain("too many rows");
    }

    [Fact]
    public void A_cell_far_outside_is_refused_before_memory_is_taken()
    {
        Refusal(new MadeWorkbook().SheetXml("远", "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"), new()).ShouldContain("too many rows");
        Refusal(new MadeWorkbook().SheetXml("远", "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"), new()).ShouldContain("too many columns");
        new MadeWorkbook().SheetXml("空", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>")
            .Read("空.xlsx").Sheets[0].Rows.ShouldBe(1);
    }

    [Fact]
    public void A_zip_bomb_is_refused_whether_it_admits_its_size_or_not()
    {
        byte[] bomb = new MadeWorkbook().SheetXml("弹", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + new string(' ', 20_000_000)).Bytes();
        bomb.Length.ShouldBeLessThan(100_000);
        var limits = new FileLimits { UnpackedBytes = 1_000_000 };

        Refusal(() => Workbook.Read("弹.xlsx", bomb, limits)).ShouldContain("too large when it is unpacked");
        byte[] size = BitConverter.GetBytes(20_000_000 + 0);
        byte[] lying = [.. bomb];
        // Each part's size stands in the archive's directory; all that are large become small.
        for (int i = 0; i + 46 < lying.Length; i++)
        {
            if (lying.AsSpan(i).StartsWith("PK\u0001\u0002"u8) && BitConverter.ToInt32(lying, i + 24) > 1_000_000)
            {
                BitConverter.GetBytes(5_000).CopyTo(lying, i + 24);
            }
        }

        Refusal(() => Workbook.Read("弹.xlsx", lying, limits)).ShouldContain("damaged");
    }

    [Fact]
    public void No_document_type_and_no_entity_is_read()
    {
        byte[] content = new MadeWorkbook().SheetXml("一", "<row><c t=\"inlineStr\"><is><t>甲</t></is></c></row>").Bytes();
        using var stream = new MemoryStream();
        stream.Write(content);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/s0.xml")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("xl/s0.xml").Open());
            writer.Write("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><worksheet><sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>");
        }

        Refusal(() => Workbook.Read("实体.xlsx", stream.ToArray())).ShouldContain("damaged");
    }

    private static string Refusal(MadeWorkbook book, FileLimits limits) => Refusal(() => book.Read("课表.xlsx", limits));

    private static string Refusal(Func<Workbook> read) => Should.Throw<FileRefusedException>(read).Message;

    private static string[] Row(Sheet sheet, int row) => [.. Enumerable.Range(0, sheet.Columns).Select(column => sheet[row, column])];

    private static byte[] Zip(params string[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string part in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(part).Open());
                writer.Write("x");
            }
        }

        return stream.ToArray();
    }
}
