using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunke.Actors.Records;

[assembly: AssemblyFixture(typeof(Xunke.Tests.Support.SharedPostgres))]

namespace Xunke.Tests.Support;

/// <summary>One PostgreSQL server for all tests that want one: the first starts it, and it goes with the run.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly SemaphoreSlim Turn = new(1);
    private static TempPostgres? _server;

    /// <summary>Makes a database.</summary>
    /// <param name="migrated">With the tables of this version, or empty.</param>
    /// <returns>How to connect to it.</returns>
    public static async Task<string> MakeDatabaseAsync(bool migrated = true)
    {
        await Turn.WaitAsync();
        try
        {
            _server ??= await StartAsync();
            string name = $"test_{Guid.NewGuid():N}";
            await ExecuteAsync(_server, migrated ? $"CREATE DATABASE {name} TEMPLATE {Template}" : $"CREATE DATABASE {name}");
            return _server.ConnectionString(name);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Ends the server at once, as a power cut would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            NpgsqlConnection.ClearAllPools();
            await server.DisposeAsync();
        }
    }

    private static async Task<TempPostgres> StartAsync()
    {
        TempPostgres server = await TempPostgres.StartAsync();
        await ExecuteAsync(server, $"CREATE DATABASE {Template}");
        // A database that somebody is connected to is no template.
        await using var records = new PostgreSqlRecords(
            new DbContextOptionsBuilder<PostgreSqlRecords>().UseNpgsql($"{server.ConnectionString(Template)};Pooling=false").Options);
        await records.Database.MigrateAsync();
        return server;
    }

    private static async Task ExecuteAsync(TempPostgres server, string sql)
    {
        await using DbDataSource source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using DbCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
