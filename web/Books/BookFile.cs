using System.Text;
using CsvHelper;
using Xunke.Web.Configuration;

namespace Xunke.Web.Books;

/// <summary>Reads a CSV file (RFC 4180) with a header row, as spreadsheets save it.</summary>
internal static class BookFile
{
    /// <summary>Reads the rows that are not blank.</summary>
    /// <param name="path">The file: UTF-8, or GB18030 as Excel in China saves it.</param>
    /// <param name="columns">The columns to look for, in any order; others in the file are ignored.</param>
    /// <param name="faults">Takes what is wrong with the header or the shape of rows; such rows are left out.</param>
    /// <exception cref="StartupException">The file cannot be read at all.</exception>
    public static IReadOnlyList<BookRow> Read(string path, IReadOnlyList<Column> columns, BookFaults faults)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',',
            // No field of the books has a line break; so a quote that is never closed spoils one row and not the rest of the file,
            // and rows have the numbers that a spreadsheet shows.
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => faults.Add(path, (int)record.LineNumber, "引号有误 misplaced quotes"),
        };
        using CsvReader reader = CsvReader.FromText(ReadText(path), options);
        string[] header = [.. reader.Headers.Select(name => name.Trim())];
        foreach (Column column in columns)
        {
            int times = header.Count(column.IsNamed);
            if (times > 1)
            {
                faults.Add(path, 1, $"列重复 duplicate column: {column}");
            }
            else if (times == 0 && !column.Optional)
            {
                faults.Add(path, 1, $"缺少列 missing column: {column}");
            }
        }

        Dictionary<Column, int> places = columns.ToDictionary(column => column, column => Array.FindIndex(header, column.IsNamed));
        if (columns.Any(column => places[column] < 0 && !column.Optional))
        {
            return [];
        }

        var rows = new List<BookRow>();
        while (reader.Read())
        {
            string[] fields = [.. reader.Current.ToArray().Select(field => field.Trim())];
            int number = (int)reader.LineNumber;
            if (fields.Skip(header.Length).Any(field => field.Length > 0))
            {
                faults.Add(path, number, "比标题行多出内容 more fields than the header");
            }
            else if (fields.Any(field => field.Length > 0))
            {
                rows.Add(new BookRow(path, number, fields, places));
            }
        }

        return rows;
    }

    private static string ReadText(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"文件无法读取 cannot read {path}: {fault.Message}", fault);
        }

        try
        {
            return Decode(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException fault)
        {
            throw new StartupException($"{path}: 既不是 UTF-8 也不是 GB18030 neither UTF-8 nor GB18030", fault);
        }
    }

    private static string Decode(byte[] content)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(content);
        }
    }
}
