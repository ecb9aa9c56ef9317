using System.Globalization;
using System.Text;
using Xunke.Actors.Audit;

namespace Xunke.Web.Audit;

/// <summary>The audit trail as CSV (RFC 4180), with a byte order mark, because Excel takes a file without one for GB18030.</summary>
internal static class AuditCsv
{
    /// <summary>The type of the file.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    private const int LinesAtOnce = 200;

    /// <summary>Writes lines as they are read; at most some hundred are in memory.</summary>
    public static async Task WriteAsync(Stream body, IAsyncEnumerable<AuditEntry> lines, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("\uFEFFline,at,user,action,subject,purpose,key,hash\r\n");
        int waiting = 0;
        await foreach (AuditEntry line in lines.WithCancellation(cancellationToken))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{line.Id},{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ},{Cell(line.UserName)},{Cell(line.Action)},")
                .Append(CultureInfo.InvariantCulture, $"{Cell(line.Subject)},{Cell(line.Purpose)},{line.KeyId},{line.Hash}\r\n");
            if (++waiting == LinesAtOnce)
            {
                await FlushAsync();
                waiting = 0;
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            text.Clear();
        }
    }

    // What a spreadsheet would take for a formula is shown as text.
    private static string Cell(string? text)
    {
        string shown = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
        return shown.AsSpan().IndexOfAny("\",\r\n") < 0 ? shown : '"' + shown.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
