using System.Text;

namespace Xunke.Web.Books;

/// <summary>A row of a CSV file.</summary>
/// <param name="Number">The row as a spreadsheet counts it.</param>
/// <param name="Fields">What it says.</param>
/// <param name="Fault">Why it cannot be read, in Chinese and English; null: it can.</param>
internal sealed record CsvRow(int Number, string[] Fields, string? Fault);

/// <summary>
/// Takes CSV text (RFC 4180) apart, with any separator and any line ends. A row whose quotes are wrong costs that row only: reading goes on
/// with the line after the one in which the wrong field begins.
/// </summary>
internal static class CsvRows
{
    /// <summary>What a spreadsheet holds in a cell at most.</summary>
    private const int LongestField = 32_767;

    /// <summary>What a spreadsheet holds in a row at most.</summary>
    private const int MostFields = 16_384;

    private const string WrongQuotes = "引号有误 misplaced quotes";

    /// <summary>Reads all rows; blank ones have one empty field or several.</summary>
    public static IEnumerable<CsvRow> Read(string text, char separator)
    {
        int header = 0;
        int start = 0;
        for (int number = 1; start < text.Length; number++)
        {
            var reader = new RowReader(text, separator, start, header);
            CsvRow row = reader.Read(number);
            header = header == 0 && row.Fault is null ? row.Fields.Length : header;
            start = reader.Next;
            yield return row;
        }
    }

    private sealed class RowReader(string text, char separator, int start, int header)
    {
        private readonly List<string> _fields = [];
        private int _at = start;

        /// <summary>Where the next row begins.</summary>
        public int Next { get; private set; }

        public CsvRow Read(int number)
        {
            while (true)
            {
                int begin = _at;
                string? fault = ReadField();
                if (fault is not null)
                {
                    Next = AfterLine(begin);
                    int column = Math.Max(1, _fields.Count + (fault == WrongQuotes ? 1 : 0));
                    return new CsvRow(number, [], $"第 {column} 列 column {column}: {fault}");
                }

                if (_at < text.Length && text[_at] == separator)
                {
                    _at++;
                    continue;
                }

                Next = AfterLine(_at);
                return new CsvRow(number, [.. _fields], null);
            }
        }

        private string? ReadField()
        {
            int begin = _at;
            SkipBlanks();
            if (_at < text.Length && text[_at] == '"')
            {
                return ReadQuoted();
            }

            _at = begin;
            while (_at < text.Length && !EndsField(text[_at]))
            {
                if (text[_at] == '"')
                {
                    return WrongQuotes;
                }

                _at++;
            }

            return Add(text[begin.._at]);
        }

        private string? ReadQuoted()
        {
            var field = new StringBuilder();
            bool spansLines = false;
            int separators = 0;
            for (_at++; _at < text.Length && field.Length <= LongestField; _at++)
            {
                char character = text[_at];
                if (character == '"')
                {
                    if (_at + 1 == text.Length || text[_at + 1] != '"')
                    {
                        break;
                    }

                    _at++;
                }

                spansLines |= character is '\n' or '\r';
                separators += character == separator ? 1 : 0;
                field.Append(character);
            }

            if (field.Length > LongestField)
            {
                return Add(field.ToString());
            }

            // A cell of several lines with as many separators as a row has was opened by one forgotten quote and closed by another.
            if (_at == text.Length || (spansLines && header > 1 && separators >= header - 1))
            {
                return WrongQuotes;
            }

            _at++;
            SkipBlanks();
            return _at == text.Length || EndsField(text[_at]) ? Add(field.ToString()) : WrongQuotes;
        }

        private string? Add(string field)
        {
            _fields.Add(field);
            return field.Length > LongestField ? $"太长，超过 {LongestField} 个字符 is longer than {LongestField} characters"
                : _fields.Count > MostFields ? $"以后还有内容，列太多 is one too many: at most {MostFields}"
                : null;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && text[_at] == ' ')
            {
                _at++;
            }
        }

        private bool EndsField(char character) => character == separator || character is '\n' or '\r';

        private int AfterLine(int at)
        {
            int end = text.AsSpan(at).IndexOfAny('\n', '\r');
            return end < 0 ? text.Length
                : at + end + (text.AsSpan(at + end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }
    }
}
