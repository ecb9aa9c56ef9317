using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Xunke.Web.Hosting;

/// <summary>Why the database cannot be used.</summary>
internal enum RecordsFault
{
    /// <summary>Somebody else holds it, or its file cannot be written now.</summary>
    Busy,

    /// <summary>Its disk is full.</summary>
    Full,

    /// <summary>Its file is damaged.</summary>
    Damaged,
}

/// <summary>The database cannot be read or written now: nothing was done, and it can be tried again.</summary>
/// <param name="fault">Why.</param>
/// <param name="cause">The provider's own word; null where a deed waited too long for its turn.</param>
internal sealed class RecordsUnavailableException(RecordsFault fault, Exception? cause)
    : Exception($"The database cannot be used ({fault}): {cause?.GetBaseException().Message ?? "too many wait to write"}", cause)
{
    /// <summary>Why.</summary>
    public RecordsFault Fault => fault;

    /// <summary>Others have held the database for too long.</summary>
    public static RecordsUnavailableException Busy() => new(RecordsFault.Busy, cause: null);

    /// <summary>The fault as this exception, or null where it is another one, such as a bug of ours.</summary>
    public static RecordsUnavailableException? Of(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is RecordsUnavailableException already)
            {
                return already;
            }

            if (FaultOf(inner) is { } why)
            {
                return new RecordsUnavailableException(why, fault);
            }
        }

        return null;
    }

    private static RecordsFault? FaultOf(Exception fault) => fault switch
    {
        SqliteException sqlite => OfSqlite(sqlite.SqliteErrorCode),
        PostgresException postgres => OfPostgreSql(postgres.SqlState),
        // No connection, a lost one, or none free in the pool.
        NpgsqlException { IsTransient: true } => RecordsFault.Busy,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: disk_full; data_corrupted, index_corrupted; connections; resources;
    // lost transactions; read-only (a standby); lock_not_available, the wait for a deed's turn; shut down, starting; io_error.
    private static RecordsFault? OfPostgreSql(string state) => state switch
    {
        "53100" => RecordsFault.Full,
        "XX001" or "XX002" => RecordsFault.Damaged,
        ['0', '8', ..] or ['5', '3', ..] or ['4', '0', ..] or ['5', '7', 'P', ..] or "25006" or "55P03" or "58030" => RecordsFault.Busy,
        _ => null,
    };

    // https://sqlite.org/rescode.html: FULL; CORRUPT, NOTADB; BUSY, LOCKED, READONLY, IOERR, CANTOPEN.
    private static RecordsFault? OfSqlite(int code) => code switch
    {
        13 => RecordsFault.Full,
        11 or 26 => RecordsFault.Damaged,
        5 or 6 or 8 or 10 or 14 => RecordsFault.Busy,
        _ => null,
    };
}

/// <summary>Answers 507 or 503 where a request needed the database and could not have it.</summary>
internal sealed partial class RecordsUnavailableHandler(ILogger<RecordsUnavailableHandler> log) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (RecordsUnavailableException.Of(exception) is not { } unavailable)
        {
            return false;
        }

        LogUnavailable(httpContext.Request.Method, httpContext.Request.Path, unavailable.Message);
        httpContext.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        await (unavailable.Fault switch
        {
            RecordsFault.Full => Problems.Create(
                StatusCodes.Status507InsufficientStorage, "records-full", "数据库所在磁盘已满，操作没有生效；腾出空间后请重试"),
            RecordsFault.Damaged => Problems.Create(StatusCodes.Status503ServiceUnavailable, "database-failed", "数据库读写失败，请联系管理员"),
            _ => Problems.Create(
                StatusCodes.Status503ServiceUnavailable, "records-busy", "数据库暂时无法使用，操作没有生效，请稍后重试",
                ("retryAfterSeconds", RetryAfterSeconds)),
        }).ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} was refused: {Reason}")]
    private partial void LogUnavailable(string method, string path, string reason);
}
