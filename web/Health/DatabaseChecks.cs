using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;

namespace Xunke.Web.Health;

/// <summary>Writes to the database, for a disk that is full or read-only can be read without a fault.</summary>
internal sealed partial class DatabaseCheck(
    IDbContextFactory<RecordsContext> records, RecordsDatabase database, DataDirectory data, TimeProvider time,
    ILogger<DatabaseCheck> log) : CachedCheck(time)
{
    // What a checkpoint of the write-ahead log may want at once.
    private const long LeastFreeBytes = 8L << 20;
    private const int Busy = 5;

    /// <summary>Takes the turn of whoever writes, and gives it back: it finds a database that is gone, and writes nothing.</summary>
    public Task<HealthCheckResult> TouchAsync(CancellationToken cancellationToken) => AskAsync(async context =>
    {
        await using IDbContextTransaction turn = await context.BeginDeedAsync(cancellationToken);
        await turn.RollbackAsync(cancellationToken);
        return true;
    });

    /// <inheritdoc />
    protected override async Task<HealthCheckResult> CheckAsync() =>
        database.Path is not null && new DriveInfo(data.Path).AvailableFreeSpace < LeastFreeBytes
            ? HealthCheckResult.Unhealthy("the disk of the database is full")
            : await AskAsync(context => context.HasRoomAsync());

    private async Task<HealthCheckResult> AskAsync(Func<RecordsContext, Task<bool>> hasRoomAsync)
    {
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync();
            return await hasRoomAsync(context) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the database is full");
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == Busy)
        {
            return HealthCheckResult.Degraded("somebody else holds the database", fault);
        }
        catch (Exception fault) when (fault is DbException or IOException)
        {
            LogUnwritable(fault);
            return HealthCheckResult.Unhealthy("the database cannot be written", fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database cannot be written")]
    private partial void LogUnwritable(Exception fault);
}

/// <summary>Adds a line to the audit trail and takes it back: without the trail nobody can visit or change anything.</summary>
internal sealed partial class AuditCheck(
    IDbContextFactory<RecordsContext> records, TimeProvider time, ILogger<AuditCheck> log) : CachedCheck(time)
{
    /// <inheritdoc />
    protected override async Task<HealthCheckResult> CheckAsync()
    {
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync();
            await using IDbContextTransaction transaction = await context.BeginDeedAsync();
            AuditEntry? last = await context.Audit.AsNoTracking().OrderByDescending(line => line.Id).FirstOrDefaultAsync();
            context.Audit.Add(new AuditEntry
            {
                Id = (last?.Id ?? 0) + 1,
                At = last?.At ?? default,
                UserName = "system",
                Action = "probe",
                Subject = string.Empty,
                Hash = new string('0', 64),
            });
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or FormatException or InvalidCastException)
        {
            LogUnwritable(fault);
            return HealthCheckResult.Unhealthy("the audit trail takes no line", fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail takes no line")]
    private partial void LogUnwritable(Exception fault);
}
