using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Xunke.Web.Identity;

/// <summary>The accounts, in the same database as the records but with migrations of their own.</summary>
internal sealed class AccountsContext(DbContextOptions<AccountsContext> options) : IdentityUserContext<Account>(options)
{
    /// <summary>The table that remembers which of these migrations ran.</summary>
    public const string HistoryTable = "__AccountsMigrations";

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.Property(a => a.DisplayName).HasMaxLength(100);
            account.Property(a => a.Role).HasConversion<string>().HasMaxLength(20);
            account.Property(a => a.SchoolId).HasMaxLength(20);
        });
    }
}

/// <summary>Lets <c>dotnet ef migrations</c> make the context without starting the server.</summary>
internal sealed class AccountsContextFactory : IDesignTimeDbContextFactory<AccountsContext>
{
    /// <inheritdoc />
    public AccountsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AccountsContext>()
            .UseSqlite("Data Source=:memory:", sqlite => sqlite.MigrationsHistoryTable(AccountsContext.HistoryTable))
            .Options);
}
