using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Xunke.Actors.Identity;

namespace Xunke.Actors.Records;

/// <summary>
/// The one context of everything on record: books, visits, recordings, lessons, accounts, the audit trail. What a kind of record looks
/// like is configured beside its entity, where its set is found too. A subclass for each database has the migrations.
/// </summary>
public abstract class RecordsContext(DbContextOptions options) : IdentityUserContext<Account>(options)
{
    /// <summary>The links with which passwords are chosen.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>The codes for whoever has lost the device that makes the others.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>Which person at which sign-in service is the person of an account.</summary>
    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    /// <summary>What other programs show instead of a name and a password.</summary>
    public DbSet<MachineToken> MachineTokens => Set<MachineToken>();

    /// <summary>The sign-ins that last.</summary>
    public DbSet<LoginSession> LoginSessions => Set<LoginSession>();

    /// <summary>
    /// Begins the transaction of a deed: one at a time over all processes that use the database, so that the audit trail's numbers have
    /// no gaps.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">Others have held the database for 5 s, or it cannot be written.</exception>
    public abstract Task<IDbContextTransaction> BeginDeedAsync(CancellationToken cancellationToken = default);

    /// <summary>Overwrites a row, which goes to the disk.</summary>
    /// <returns>False when the database may hardly grow any more.</returns>
    /// <exception cref="System.Data.Common.DbException">It cannot be written.</exception>
    public abstract Task<bool> HasRoomAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RecordsContext).Assembly);
    }

    /// <summary>SQLite cannot compare DateTimeOffset; a number of milliseconds sorts anywhere.</summary>
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
