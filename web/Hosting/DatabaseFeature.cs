using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunke.Actors.Records;

namespace Xunke.Web.Hosting;

/// <summary>One SQLite file holds the records and the accounts.</summary>
internal static class DatabaseFeature
{
    /// <summary>The database file in the data directory.</summary>
    public const string FileName = "xunke.db";

    public static void AddDatabase(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.Services.AddRecords(data);
        builder.Services.AddHostedService<DatabasePreparation>();
        builder.Services.AddHostedService<DatabaseTrimmer>();
    }

    /// <summary>The records and the accounts, for the server and for the commands at its console.</summary>
    public static void AddRecords(this IServiceCollection services, DataDirectory data)
    {
        string connection = SqliteDatabase.ConnectionString(data.Combine(FileName));
        var secure = new SqliteConnections();
        services.AddPooledDbContextFactory<SqliteRecords>((provider, options) =>
            options.UseSqlite(connection).AddInterceptors([secure, .. provider.GetServices<IInterceptor>()]));
        services.AddSingleton<IDbContextFactory<RecordsContext>, RecordsFactory<SqliteRecords>>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext());
    }
}
