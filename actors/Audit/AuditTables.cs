using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Audit;

/// <summary>The audit trail on record.</summary>
public static class AuditTables
{
    /// <summary>
    /// The condition of lines that tell of a look at a room, a lesson or a recording, in SQL: as LINQ would put it, no index is used.
    /// </summary>
    internal const string Look = "(\"Action\" LIKE 'look.%' OR \"Action\" = 'recording.played')";

    extension(RecordsContext records)
    {
        /// <summary>The audit trail.</summary>
        public DbSet<AuditEntry> Audit => records.Set<AuditEntry>();

        /// <summary>How long looks at rooms and walls lasted.</summary>
        public DbSet<LookLength> LookLengths => records.Set<LookLength>();

        /// <summary>The lines that tell of looks, found by their subject.</summary>
        public IQueryable<AuditEntry> Looks => records.Set<AuditEntry>().FromSqlRaw($"SELECT * FROM \"Audit\" WHERE {Look}");
    }
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("Audit");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Hash).HasMaxLength(64).IsFixedLength();
        builder.Property(entry => entry.KeyId).HasMaxLength(16);
        builder.HasIndex(entry => entry.At);

        // Who looked at what; a query must say it in these words to be answered by it.
        builder.HasIndex(entry => new { entry.Subject, entry.At }).HasFilter(AuditTables.Look);
    }
}

internal sealed class LookLengthConfiguration : IEntityTypeConfiguration<LookLength>
{
    public void Configure(EntityTypeBuilder<LookLength> builder)
    {
        builder.ToTable("LookLengths");
        builder.Property(look => look.UserName).HasMaxLength(256);
        builder.Property(look => look.Action).HasMaxLength(64);
        builder.Property(look => look.Target).HasMaxLength(64);
        builder.Property(look => look.Purpose).HasMaxLength(200);
        builder.HasIndex(look => new { look.Target, look.From });
        builder.HasIndex(look => look.To);
    }
}
