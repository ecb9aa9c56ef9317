using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;

namespace Xunke.Web.Hosting;

/// <summary>Where the records are: a file in the data directory, or PostgreSQL.</summary>
internal static class DatabaseFeature
{
    /// <summary>The database file in the data directory.</summary>
    public const string FileName = "xunke.db";

    public static void AddDatabase(this WebApplicationBuilder builder, DataDirectory data)
    {
        RecordsDatabase database = Choose(builder.Configuration, data);
        builder.Services.AddRecords(database);
        builder.Services.AddHostedService<DatabasePreparation>();
        if (database.Path is not null)
        {
            builder.Services.AddHostedService<DatabaseTrimmer>();
        }
    }

    /// <summary>The records, for the server and for the commands at its console.</summary>
    public static void AddRecords(this IServiceCollection services, RecordsDatabase database)
    {
        services.AddSingleton(database);
        database.AddRecords(services);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext());
    }

    /// <summary>The database that a command's --database names, or the one of the settings.</summary>
    /// <exception cref="StartupException">There is none such.</exception>
    public static RecordsDatabase Choose(string? database, DataDirectory data) => Choose(
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(database is null ? [] : StartArguments.Parse(["--database", database]).Settings)
            .Build(),
        data);

    private static RecordsDatabase Choose(IConfiguration configuration, DataDirectory data)
    {
        DatabaseSettings settings = configuration.GetSection(DatabaseSettings.Section).Get<DatabaseSettings>() ?? new DatabaseSettings();
        try
        {
            return settings.Provider switch
            {
                DatabaseSettings.Sqlite => RecordsDatabase.Sqlite(data.Combine(FileName)),
                DatabaseSettings.PostgreSql when !string.IsNullOrWhiteSpace(settings.ConnectionString) =>
                    RecordsDatabase.PostgreSql(settings.ConnectionString),
                DatabaseSettings.PostgreSql => throw new StartupException(
                    "没有说明 PostgreSQL 在哪里 where PostgreSQL is has not been said (--database \"Host=...;Database=...;Username=...\", docs/database.md)"),
                _ => throw new StartupException(
                    $"Database:Provider {settings.Provider}: 只能是 must be {DatabaseSettings.Sqlite} / {DatabaseSettings.PostgreSql}"),
            };
        }
        catch (ArgumentException fault)
        {
            throw new StartupException($"--database: 连接参数有误 not a connection string (docs/database.md): {fault.Message}", fault);
        }
    }
}
