using Microsoft.EntityFrameworkCore;
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
        builder.Services.AddPooledDbContextFactory<RecordsContext>(options => options.UseSqlite(connection));
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext());
        builder.Services.AddDbContext<AccountsContext>(options => options.UseSqlite(
            connection, sqlite => sqlite.MigrationsHistoryTable(AccountsContext.HistoryTable)));
        builder.Services.AddHostedService<DatabasePreparation>();
    }
}
