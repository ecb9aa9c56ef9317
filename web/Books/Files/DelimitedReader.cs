using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads a table in text: CSV or TSV in UTF-8, UTF-16 or GB18030, as one sheet.</summary>
internal static class DelimitedReader
{
    // Words of which files of schools have some; they tell Chinese text from nonsense in another encoding.
    private static readonly Column[] Headers =
    [
        .. "星期 周一 周二 节次 课程 教师 班级 学校 年级 科目 学科 姓名 工号 教室 地点 单双周 课程表 课表 上午 下午 语文 数学 英语"
            .Split(' ').Select(word => new Column(word, word)),
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileRefusedException">It is empty, too large or in no encoding that is sure.</exception>
    public static Workbook Read(string name, byte[] content, FileLimits limits)
    {
        var read = BookText.From(content, Headers);
        (char separator, string text) = Separator.FindByShape(read.Text);
        var rows = new List<string?[]>();
        var broken = new Dictionary<int, string>();
        int cells = 0;
        foreach (CsvRow row in CsvRows.Read(text, separator))
        {
            if (row.Fault is not null)
            {
                broken[rows.Count] = row.Fault;
            }

            string?[] fields = Shorten(row.Fields);
            cells += fields.Length;
            TableBounds.Check(limits, name, rows.Count + 1, fields.Length, cells);
            rows.Add(fields);
        }

        while (rows.Count > 0 && rows[^1].Length == 0 && !broken.ContainsKey(rows.Count - 1))
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return rows.Count == 0
            ? throw new FileRefusedException("文件是空的 the file is empty")
            : new Workbook(
                name,
                $"{read.Encoding}, {Separator.Name(separator)}",
                [new Sheet(Path.GetFileNameWithoutExtension(name), rows, broken: broken)]);
    }

    private static string?[] Shorten(string[] fields)
    {
        int length = fields.Length;
        while (length > 0 && PlainText.Trim(fields[length - 1]).Length == 0)
        {
            length--;
        }

        return [.. fields.Take(length).Select(CellText.Unguard)];
    }
}
