namespace Xunke.Web.Books.Files;

/// <summary>Refuses tables that are too large.</summary>
internal static class TableBounds
{
    /// <summary>Checks what was read so far.</summary>
    /// <exception cref="FileRefusedException">It is more than the limits allow.</exception>
    public static void Check(FileLimits limits, string sheet, int rows, int columns, int cells)
    {
        if (rows > limits.Rows)
        {
            throw new FileRefusedException($"工作表 “{sheet}” 行太多，最多 {limits.Rows} 行 the sheet has too many rows: at most {limits.Rows}");
        }

        if (columns > limits.Columns)
        {
            throw new FileRefusedException(
                $"工作表 “{sheet}” 列太多，最多 {limits.Columns} 列 the sheet has too many columns: at most {limits.Columns}");
        }

        if (cells > limits.Cells)
        {
            throw new FileRefusedException($"单元格太多，最多 {limits.Cells} 个 too many cells: at most {limits.Cells}");
        }
    }
}
