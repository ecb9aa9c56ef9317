using Xunke.Web.Configuration;

namespace Xunke.Web.Books;

/// <summary>Everything that is wrong with the files, so that one start names it all.</summary>
internal sealed class BookFaults
{
    // A file in a wrong shape is wrong in every row.
    private const int MostRowsTold = 1000;

    private readonly SortedDictionary<(string File, int Row), List<string>> _rows = [];

    /// <summary>Notes what is wrong with a row.</summary>
    /// <param name="file">The file's path as it was given.</param>
    /// <param name="row">The row as a spreadsheet counts it; the header is row 1.</param>
    /// <param name="reason">What is wrong, in Chinese and English.</param>
    public void Add(string file, int row, string reason)
    {
        if (!_rows.TryGetValue((file, row), out List<string>? reasons))
        {
            _rows[(file, row)] = reasons = [];
        }

        reasons.Add(reason);
    }

    /// <summary>Ends the import when anything was noted.</summary>
    /// <exception cref="StartupException">Names every wrong row.</exception>
    public void ThrowIfAny()
    {
        if (_rows.Count > 0)
        {
            IEnumerable<string> lines = _rows.Take(MostRowsTold)
                .Select(row => $"  {row.Key.File} 第 {row.Key.Row} 行 row {row.Key.Row}: {string.Join("; ", row.Value)}");
            string more = _rows.Count > MostRowsTold ? $"\n  … 还有 and {_rows.Count - MostRowsTold} 行 more rows" : string.Empty;
            throw new StartupException(
                $"{_rows.Count} 行有误，未写入任何内容 wrong rows: {_rows.Count}, nothing was written\n{string.Join('\n', lines)}{more}");
        }
    }
}
