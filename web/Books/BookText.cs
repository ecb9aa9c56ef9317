using System.Text;
using Xunke.Web.Configuration;

namespace Xunke.Web.Books;

/// <summary>The text of a file of the books.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Encoding">The encoding's name.</param>
internal sealed record BookText(string Text, string Encoding)
{
    private const int LargestFile = 8 * 1024 * 1024;

    private const string Advice = "请另存为 CSV UTF-8 save it as “CSV UTF-8”";

    private static readonly (byte[] Mark, string Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"),
        ([0xFF, 0xFE, 0, 0], "utf-32"),
        ([0, 0, 0xFE, 0xFF], "utf-32BE"),
        ([0xFF, 0xFE], "utf-16"),
        ([0xFE, 0xFF], "utf-16BE"),
        ([0x84, 0x31, 0x95, 0x33], "gb18030"),
    ];

    private static readonly (byte[] Beginning, string What)[] NotText =
    [
        ([(byte)'P', (byte)'K', 3, 4], "Excel 工作簿 an Excel workbook"),
        ([0xD0, 0xCF, 0x11, 0xE0], "旧版 Excel 工作簿 an old Excel workbook"),
        ("%PDF"u8.ToArray(), "PDF 文件 a PDF"),
        ("<html"u8.ToArray(), "网页 a web page"),
        ("<table"u8.ToArray(), "网页 a web page"),
        ("<!DOC"u8.ToArray(), "网页 a web page"),
        ("<?xml"u8.ToArray(), "XML 文件 an XML file"),
    ];

    /// <summary>Reads a file, in Unicode with or without a mark or in GB18030. No other encoding is guessed: what a guess gets wrong would
    /// be in the register.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that its header names.</param>
    /// <exception cref="StartupException">It cannot be read, or its encoding cannot be told for sure.</exception>
    public static BookText Read(string path, IReadOnlyList<Column> columns)
    {
        byte[] content;
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > LargestFile)
            {
                throw new StartupException($"{path}: 文件太大，不是名册 the file is too large for a list of rooms or people ({file.Length} bytes)");
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"文件无法读取 cannot read {path}: {fault.Message}", fault);
        }

        try
        {
            return From(content, columns);
        }
        catch (FileRefusedException refused)
        {
            throw new StartupException($"{path}: {refused.Message}", refused);
        }
    }

    /// <summary>Takes a file's bytes for text, under the same rules.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="columns">Words that its header may have; some of them tell an encoding from others.</param>
    /// <exception cref="FileRefusedException">It is no text, or its encoding cannot be told for sure.</exception>
    public static BookText From(byte[] content, IReadOnlyList<Column> columns)
    {
        foreach ((byte[] beginning, string what) in NotText)
        {
            if (content.AsSpan().StartsWith(beginning))
            {
                throw new FileRefusedException($"这是{what}，不是 CSV and not CSV；{Advice}");
            }
        }

        BookText text = Decode(content, columns);
        return Mojibake.IsDecodedTwice(text.Text)
            ? throw new FileRefusedException(
                "文字已经是乱码 the text was read in a wrong encoding before it was saved；请从原来的表格重新另存 save it anew from the original")
            : text;
    }

    private static BookText Decode(byte[] content, IReadOnlyList<Column> columns)
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach ((byte[] mark, string encoding) in Marks)
        {
            if (content.AsSpan().StartsWith(mark))
            {
                return TryDecode(content.AsSpan(mark.Length), encoding) is { } marked
                    ? new BookText(marked.TrimStart('\uFEFF'), Name(encoding))
                    : throw new FileRefusedException(
                        $"以 {Name(encoding)} 标记开头，内容却不是 begins with the mark of {Name(encoding)}, but is not all in it；{Advice}");
            }
        }

        if (LooksWide(content))
        {
            foreach (string encoding in (string[])["utf-32", "utf-32BE", "utf-16", "utf-16BE"])
            {
                if (TryDecode(content, encoding) is { } wide
                    && (CountHeaders(wide, columns) > 1
                        || Separator.CountColumns(wide, Separator.Find(wide, columns).Separator, columns) > 0))
                {
                    return new BookText(wide, Name(encoding));
                }
            }
        }

        if (TryDecode(content, "utf-8") is { } unicode)
        {
            return new BookText(unicode, "UTF-8");
        }

        if (TryDecode(content, "gb18030") is not { } chinese)
        {
            throw Unknown(content);
        }

        // No other encoding turns into the Chinese headers by accident.
        return CountHeaders(chinese, columns) > 1 || ChineseText.IsPlausible(chinese, content)
            ? new BookText(chinese, "GB18030") : throw Unknown(content);
    }

    /// <summary>The text, or null when it is not all in this encoding.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> content, string encoding)
    {
        try
        {
            return System.Text.Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                .GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // How many of the headers are in the first lines.
    private static int CountHeaders(string text, IReadOnlyList<Column> columns) =>
        columns.Count(column => text.Split('\n', 6).Take(5).Any(line => line.Contains(column.Chinese, StringComparison.Ordinal)));

    private static FileRefusedException Unknown(byte[] content)
    {
        string? like = Utf8Damage.FirstBrokenLine(content) is { } line
            ? $" (像 UTF-8，第 {line} 行有坏字节 looks like UTF-8 with broken bytes in line {line})"
            : ChineseText.LooksLike(content) is { } other ? $" (像是 looks like {other})" : null;
        return new FileRefusedException($"编码无法确定 the encoding cannot be told for sure{like}；{Advice}");
    }

    // Two or four bytes a character: separators and digits have zero bytes.
    private static bool LooksWide(ReadOnlySpan<byte> content) => content.Count((byte)0) > content.Length / 20;

    private static string Name(string encoding) => encoding switch
    {
        "utf-16" => "UTF-16 LE",
        "utf-16BE" => "UTF-16 BE",
        "utf-32" => "UTF-32 LE",
        "utf-32BE" => "UTF-32 BE",
        _ => encoding.ToUpperInvariant(),
    };
}
