using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Xunke.Actors.Records;

/// <summary>The database in use: a file of SQLite's, or PostgreSQL.</summary>
public sealed class RecordsDatabase
{
    private const int MostConnections = 40;

    private RecordsDatabase(string connection, string? path) => (ConnectionString, Path) = (connection, path);

    /// <summary>How to connect to it.</summary>
    internal string ConnectionString { get; }

    /// <summary>The file of SQLite's; null for PostgreSQL.</summary>
    public string? Path { get; }

    /// <summary>A file, which need not be there yet.</summary>
    public static RecordsDatabase Sqlite(string path) => new(SqliteDatabase.ConnectionString(path), path);

    /// <summary>A database of PostgreSQL's.</summary>
    /// <param name="connection">Such as "Host=db;Database=xunke;Username=xunke"; a password may be in PGPASSWORD or ~/.pgpass.</param>
    /// <exception cref="ArgumentException">It is no connection string; the message says where, and has no password in it.</exception>
    public static RecordsDatabase PostgreSql(string connection)
    {
        var given = new NpgsqlConnectionStringBuilder(connection);
        given.ApplicationName ??= "xunke";
        // PostgreSQL's own default is 100 connections for everybody.
        given.MaxPoolSize = Math.Min(given.MaxPoolSize, MostConnections);
        return new RecordsDatabase(given.ConnectionString, path: null);
    }

    /// <summary>Registers the factory of the records' contexts.</summary>
    public void AddRecords(IServiceCollection services)
    {
        if (Path is null)
        {
            services.AddPooledDbContextFactory<PostgreSqlRecords>((provider, options) =>
                options.UseNpgsql(ConnectionString).AddInterceptors(provider.GetServices<IInterceptor>()));
            services.AddSingleton<IDbContextFactory<RecordsContext>, RecordsFactory<PostgreSqlRecords>>();
        }
        else
        {
            var secure = new SqliteConnections();
            services.AddPooledDbContextFactory<SqliteRecords>((provider, options) =>
                options.UseSqlite(ConnectionString).AddInterceptors([secure, .. provider.GetServices<IInterceptor>()]));
            services.AddSingleton<IDbContextFactory<RecordsContext>, RecordsFactory<SqliteRecords>>();
        }
    }

    /// <summary>The records for a command that only reads, beside the server.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public RecordsContext OpenToRead()
    {
        if (Path is null)
        {
            return new PostgreSqlRecords(new DbContextOptionsBuilder<PostgreSqlRecords>().UseNpgsql(ConnectionString).Options);
        }

        var file = new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        return File.Exists(Path)
            ? new SqliteRecords(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite(file.ToString()).Options)
            : throw new FileNotFoundException($"没有数据库 there is no database {Path}");
    }
}
