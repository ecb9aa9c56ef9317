namespace Xunke.Web.Books.Files;

/// <summary>A file of tables.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Format">How it was read, such as ".xlsx" or "GB18030, 制表符 tab".</param>
/// <param name="Sheets">Its sheets; a CSV file has one.</param>
internal sealed record Workbook(string Name, string Format, IReadOnlyList<Sheet> Sheets)
{
    /// <summary>Reads a workbook (.xlsx) or a table in text (CSV, TSV); which of them it is, its content says.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="limits">How much is read at most; null: the usual.</param>
    /// <exception cref="FileRefusedException">It is something else, too large or broken.</exception>
    public static Workbook Read(string name, byte[] content, FileLimits? limits = null)
    {
        limits ??= FileLimits.Default;
        if (content.Length > limits.Bytes)
        {
            throw new FileRefusedException(
                $"文件太大，最多 {limits.Bytes / 1024 / 1024} MB the file is too large: at most {limits.Bytes / 1024 / 1024} MB");
        }

        FileKind kind = FileKinds.Of(content);
        if (FileKinds.Refusal(kind) is { } refusal)
        {
            throw new FileRefusedException(refusal);
        }

        return kind == FileKind.Xlsx
            ? new XlsxReader(name, content, limits).Read()
            : DelimitedReader.Read(name, content, limits);
    }
}
