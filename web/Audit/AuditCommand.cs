using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Audit;

/// <summary><c>xunke audit verify</c> and <c>xunke audit head</c>: read the trail of a data directory, whether its server runs or
/// not.</summary>
internal static class AuditCommand
{
    private const int Broken = 1;
    private const int CannotRead = 2;

    private static readonly Option<string?> Head = Words.Text("--head", "FILE", "以前导出的链头 a head exported earlier");

    /// <summary>The command.</summary>
    public static Command Describe()
    {
        var verify = new Command("verify", "检查审计记录 checks the audit trail")
        {
            DataArguments.DataOption, DataArguments.DatabaseOption, Head,
        };
        verify.SetAction((words, cancellationToken) => RunAsync(words, (key, records, output) =>
            VerifyAsync(key, records, words.GetValue(Head), output, cancellationToken)));
        var head = new Command("head", "导出链头 prints the sealed head, to be kept elsewhere")
        {
            DataArguments.DataOption, DataArguments.DatabaseOption,
        };
        head.SetAction((words, cancellationToken) =>
            RunAsync(words, (key, records, output) => TellHeadAsync(key, records, output, cancellationToken)));
        return new Command("audit", "审计记录 reads the audit trail, whether the server runs or not") { verify, head };
    }

    // 0: the trail holds; 1: it does not; 2: it cannot be read.
    private static async Task<int> RunAsync(ParseResult words, Func<AuditKey, RecordsContext, TextWriter, Task<int>> read)
    {
        try
        {
            (string data, string? database) = DataArguments.Read(words);
            AuditKey key = AuditKey.Read(Path.Combine(data, AuditKey.FileName))
                ?? throw new StartupException($"没有审计密钥 there is no {AuditKey.FileName} in {data}");
            await using RecordsContext records = DatabaseFeature.Choose(database, DataDirectory.Beside(data)).OpenToRead();
            return await read(key, records, words.InvocationConfiguration.Output);
        }
        catch (Exception fault) when (fault is StartupException or DbException
            or InvalidOperationException { InnerException: DbException } or IOException or UnauthorizedAccessException or JsonException)
        {
            await words.InvocationConfiguration.Error.WriteLineAsync(fault.Message);
            return CannotRead;
        }
    }

    private static async Task<int> TellHeadAsync(
        AuditKey key, RecordsContext records, TextWriter output, CancellationToken cancellationToken)
    {
        AuditEntry? last = await records.Audit.AsNoTracking().OrderByDescending(line => line.Id).FirstOrDefaultAsync(cancellationToken);
        var now = AuditHead.Make(key, last?.Id ?? 0, last?.At, last?.Hash ?? AuditChain.Genesis, TimeProvider.System.GetUtcNow());
        await output.WriteLineAsync(JsonSerializer.Serialize(now, Json.Options));
        return 0;
    }

    private static async Task<int> VerifyAsync(
        AuditKey key, RecordsContext records, string? headFile, TextWriter output, CancellationToken cancellationToken)
    {
        AuditHead? head = headFile is null
            ? null
            : JsonSerializer.Deserialize<AuditHead>(await File.ReadAllBytesAsync(headFile, cancellationToken), Json.Options);
        AuditVerdict verdict = await AuditChain.VerifyAsync(records, key, head, cancellationToken);
        await output.WriteLineAsync(Describe(verdict));
        return verdict.BrokenAt is null ? 0 : Broken;
    }

    private static string Describe(AuditVerdict verdict) => verdict.BrokenAt is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"审计记录在第 {line} 行不对 the audit trail does not hold at line {line}: {verdict.Reason}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"审计记录完整 the audit trail holds: lines {verdict.First} to {verdict.Lines}, head {verdict.Head}");
}
