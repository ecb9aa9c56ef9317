using System.IO.Compression;
using System.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Tells what a file is by how it begins.</summary>
internal static class FileKinds
{
    private const string SaveAsXlsx = "请用 Excel 或 WPS 打开，另存为 .xlsx open it in Excel or WPS and save it as .xlsx";

    private static readonly (byte[] Beginning, FileKind Kind)[] Beginnings =
    [
        ("%PDF"u8.ToArray(), FileKind.Pdf),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], FileKind.Picture),
        ([0xFF, 0xD8, 0xFF], FileKind.Picture),
        ("GIF8"u8.ToArray(), FileKind.Picture),
        ("BM"u8.ToArray(), FileKind.Picture),
        ([(byte)'I', (byte)'I', 0x2A, 0], FileKind.Picture),
        ([(byte)'M', (byte)'M', 0, 0x2A], FileKind.Picture),
        ("RIFF"u8.ToArray(), FileKind.Picture),
        ("Rar!"u8.ToArray(), FileKind.OtherArchive),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], FileKind.OtherArchive),
        ([0x1F, 0x8B], FileKind.OtherArchive),
    ];

    /// <summary>What a file is.</summary>
    public static FileKind Of(byte[] content)
    {
        ReadOnlySpan<byte> bytes = content;
        if (bytes.IsEmpty)
        {
            return FileKind.Empty;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            // Office puts an encrypted workbook into the container of old workbooks, in a stream of this name.
            return bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? FileKind.Encrypted : FileKind.Xls;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8))
        {
            return OfZip(content);
        }

        foreach ((byte[] beginning, FileKind kind) in Beginnings)
        {
            // Text may begin with these letters too, but is not followed by control characters.
            if (bytes.StartsWith(beginning)
                && (beginning.Length > 3 || bytes[..Math.Min(bytes.Length, 16)].ContainsAnyInRange((byte)0, (byte)8)))
            {
                return kind;
            }
        }

        return OfText(bytes);
    }

    /// <summary>Why a file of this kind cannot be a table; null: it may be one.</summary>
    public static string? Refusal(FileKind kind) => kind switch
    {
        FileKind.Empty => "文件是空的 the file is empty",
        FileKind.Xls => $"这是旧版 Excel 工作簿 (.xls) an old Excel workbook；{SaveAsXlsx}",
        FileKind.Xlsb => $"这是二进制 Excel 工作簿 (.xlsb) a binary Excel workbook；{SaveAsXlsx}",
        FileKind.Ods => $"这是 OpenDocument 表格 (.ods) an OpenDocument spreadsheet；{SaveAsXlsx}",
        FileKind.Encrypted => "工作簿有打开密码 the workbook has a password；请先去掉密码再导入 remove the password first",
        FileKind.Document => "这是 Word 或 PPT 文档，不是表格 a Word or PowerPoint document, not a table；请把表格复制到 Excel 再存为 .xlsx "
            + "copy the table to Excel and save it as .xlsx",
        FileKind.Zip => "这是压缩包，里面没有工作簿 an archive without a workbook；请解压后上传里面的文件 unpack it and choose a file in it",
        FileKind.OtherArchive => "这是压缩包 a compressed archive；请解压后上传里面的文件 unpack it and choose a file in it",
        FileKind.Pdf => "这是 PDF，不是表格 a PDF, not a table；请向排课软件要 Excel 文件 ask for the Excel file that it was made from",
        FileKind.Picture => "这是图片，不是表格 a picture, not a table；请上传 Excel 文件 choose the Excel file",
        FileKind.WebPage => $"这是网页，不是表格（扩展名可能是 .xls）a web page, not a table, even if its name ends with .xls；{SaveAsXlsx}",
        FileKind.Xml => $"这是 XML 文件，不是表格 an XML file, not a table；{SaveAsXlsx}",
        _ => null,
    };

    private static FileKind OfZip(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            bool Has(string part) => zip.Entries.Any(entry => entry.FullName.Replace('\\', '/')
                .TrimStart('/').StartsWith(part, StringComparison.OrdinalIgnoreCase));
            return Has("xl/workbook.bin") ? FileKind.Xlsb
                : Has("xl/") ? FileKind.Xlsx
                : Has("word/") || Has("ppt/") ? FileKind.Document
                : Has("META-INF/manifest.xml") && Has("content.xml") ? FileKind.Ods
                : FileKind.Zip;
        }
        catch (InvalidDataException fault)
        {
            throw new FileRefusedException("文件不完整或已损坏 the file is incomplete or damaged；请重新上传 try to upload it again", fault);
        }
    }

    private static FileKind OfText(ReadOnlySpan<byte> bytes)
    {
        string beginning = Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, 512)])
            .Replace("\0", string.Empty, StringComparison.Ordinal).TrimStart('?', ' ', '\t', '\r', '\n');
        bool Begins(string with) => beginning.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        return Begins("<html") || Begins("<table") || Begins("<!doctype html") || Begins("<meta") || Begins("<style") || Begins("<div")
            || (Begins("<?xml") && beginning.Contains("<html", StringComparison.OrdinalIgnoreCase)) ? FileKind.WebPage
            : Begins("<?xml") || Begins("<timetable") || Begins("<!doctype") ? FileKind.Xml
            : FileKind.Text;
    }
}
