using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Audit;

/// <summary>The audit trail on record.</summary>
public static class AuditTables
{
    extension(RecordsContext records)
    {
        /// <summary>The audit trail.</summary>
        public DbSet<AuditEntry> Audit => records.Set<AuditEntry>();
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
    }
}
