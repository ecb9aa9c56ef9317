using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Audit;

/// <summary><c>xunke audit verify</c> and <c>xunke audit head</c>: read the trail of a data directory, whether its server runs or not.</summary>
internal static class AuditCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "audit";

    private const int Broken = 1;
    private const int CannotRead = 2;

    private const string Usage = """
        xunke audit verify [--data DIR] [--database TEXT] [--head FILE]   检查审计记录 checks the audit trail; FILE: a head exported earlier
        xunke audit head [--data DIR] [--database TEXT]                   导出链头 prints the sealed head, to be kept elsewhere
        """;

    /// <summary>Runs it.</summary>
    /// <returns>0: the trail holds; 1: it does not; 2: it cannot be read.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            (string verb, string data, string? database, string? headFile) = Read(arguments);
            AuditKey key = AuditKey.Read(Path.Combine(data, AuditKey.FileName))
                ?? throw new StartupException($"没有审计密钥 there is no {AuditKey.FileName} in {data}");
            await using RecordsContext records = DatabaseFeature.Choose(database, DataDirectory.Beside(data)).OpenToRead();
            if (verb == "head")
            {
                AuditEntry? last = await records.Audit.AsNoTracking().OrderByDescending(line => line.Id).FirstOrDefaultAsync(cancellationToken);
                var now = AuditHead.Make(key, last?.Id ?? 0, last?.At, last?.Hash ?? AuditChain.Genesis, TimeProvider.System.GetUtcNow());
                await output.WriteLineAsync(JsonSerializer.Serialize(now, Json.Options));
                return 0;
            }

            AuditHead? head = headFile is null ? null : JsonSerializer.Deserialize<AuditHead>(await File.ReadAllBytesAsync(headFile, cancellationToken), Json.Options);
            AuditVerdict verdict = await AuditChain.VerifyAsync(
                records.Audit.AsNoTracking().OrderBy(line => line.Id).AsAsyncEnumerable(), key, head, cancellationToken);
            await output.WriteLineAsync(Describe(verdict));
            return verdict.BrokenAt is null ? 0 : Broken;
        }
        catch (Exception fault) when (fault is StartupException or DbException or InvalidOperationException { InnerException: DbException } or IOException or UnauthorizedAccessException or JsonException)
        {
            await errors.WriteLineAsync(fault.Message);
            return CannotRead;
        }
    }

    private static (string Verb, string Data, string? Database, string? Head) Read(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["verify" or "head", ..] || arguments.Count % 2 == 0)
        {
            throw new StartupException(Usage);
        }

        (string data, string? database, string? head) = ("./data", null, null);
        for (int i = 1; i < arguments.Count; i += 2)
        {
            switch (arguments[i])
            {
                case "--data":
                    data = arguments[i + 1];
                    break;
                case "--database":
                    database = arguments[i + 1];
                    break;
                case "--head" when arguments[0] == "verify":
                    head = arguments[i + 1];
                    break;
                default:
                    throw new StartupException($"{arguments[i]}: 不认识的参数 unknown argument\n{Usage}");
            }
        }

        return (arguments[0], data, database, head);
    }

    private static string Describe(AuditVerdict verdict) => verdict.BrokenAt is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"审计记录在第 {line} 行不对 the audit trail does not hold at line {line}: {verdict.Reason}")
        : string.Create(CultureInfo.InvariantCulture, $"审计记录完整 the audit trail holds: {verdict.Lines} lines, head {verdict.Head}");
}
