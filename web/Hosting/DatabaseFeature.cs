using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunke.Actors.Persistence;
using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>One SQLite file holds the records and the accounts; each keeps its own migrations.</summary>
internal static class DatabaseFeature
{
    /// <summary>The database file in the data directory.</summary>
    public const string FileName = "xunke.db";

    public static void AddDatabase(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.Services.AddContexts(data);
        builder.Services.AddHostedService<DatabasePreparation>();
        builder.Services.AddHostedService<DatabaseTrimmer>();
    }

    /// <summary>The records and the accounts, for the server and for the commands at its console.</summary>
    public static void AddContexts(this IServiceCollection services, DataDirectory data)
    {
        string connection = SqliteDatabase.ConnectionString(data.Combine(FileName));
        var secure = new SqliteConnections();
        services.AddPooledDbContextFactory<RecordsContext>((provider, options) =>
            options.UseSqlite(connection).AddInterceptors([secure, .. provider.GetServices<IInterceptor>()]));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext());
        services.AddDbContextFactory<AccountsContext>((provider, options) =>
            options.UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(AccountsContext.HistoryTable))
                .AddInterceptors([secure, .. provider.GetServices<IInterceptor>()]));
    }
}
