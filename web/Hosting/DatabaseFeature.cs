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
        string connection = SqliteDatabase.ConnectionString(data.Combine(FileName));
        var secure = new SqliteConnections();
        builder.Services.AddPooledDbContextFactory<RecordsContext>((services, options) =>
            options.UseSqlite(connection).AddInterceptors([secure, .. services.GetServices<IInterceptor>()]));
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext());
        builder.Services.AddDbContextFactory<AccountsContext>((services, options) =>
            options.UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(AccountsContext.HistoryTable))
                .AddInterceptors([secure, .. services.GetServices<IInterceptor>()]));
        builder.Services.AddHostedService<DatabasePreparation>();
        builder.Services.AddHostedService<DatabaseTrimmer>();
    }
}
