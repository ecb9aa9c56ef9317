using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Xunke.Web.Identity;

/// <summary>The accounts, in the same database as the records but with migrations of their own.</summary>
internal sealed class AccountsContext(DbContextOptions<AccountsContext> options) : IdentityUserContext<Account>(options)
{
    /// <summary>The table that remembers which of these migrations ran.</summary>
    public const string HistoryTable = "__AccountsMigrations";

    /// <summary>The sign-ins that last.</summary>
    public DbSet<LoginSession> LoginSessions => Set<LoginSession>();

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
        builder.Entity<LoginSession>(login =>
        {
            login.Property(l => l.Id).HasMaxLength(43);
            login.Property(l => l.Granted).HasMaxLength(64);
            login.Property(l => l.From).HasConversion<UnixMilliseconds>();
            login.Property(l => l.SeenAt).HasConversion<UnixMilliseconds>();
            login.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    // As the records keep times.
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
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
