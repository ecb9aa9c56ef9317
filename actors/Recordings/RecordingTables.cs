using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Recordings;

/// <summary>The recordings on record.</summary>
public static class RecordingTables
{
    extension(RecordsContext records)
    {
        /// <summary>Every recording that is kept.</summary>
        public DbSet<Recording> Recordings => records.Set<Recording>();

        /// <summary>What people asked to have deleted.</summary>
        public DbSet<DeletionRequest> DeletionRequests => records.Set<DeletionRequest>();

        /// <summary>Files of deleted recordings that are still to go.</summary>
        public DbSet<DoomedFiles> DoomedFiles => records.Set<DoomedFiles>();
    }
}

internal sealed class RecordingConfiguration : IEntityTypeConfiguration<Recording>
{
    public void Configure(EntityTypeBuilder<Recording> builder)
    {
        builder.ToTable("Recordings");
        builder.Property(recording => recording.Reason).HasMaxLength(200);
        builder.PrimitiveCollection(recording => recording.Faults);
        builder.HasMany(recording => recording.Parts).WithOne().HasForeignKey(part => part.RecordingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(recording => recording.From);
        builder.HasIndex(recording => new { recording.RoomId, recording.From });
        builder.HasIndex(recording => new { recording.SchoolId, recording.From });
        builder.HasIndex(recording => new { recording.UserName, recording.From });
        builder.HasIndex(recording => recording.To);
    }
}

internal sealed class StoredPartConfiguration : IEntityTypeConfiguration<StoredPart>
{
    public void Configure(EntityTypeBuilder<StoredPart> builder) =>
        builder.ToTable("RecordingParts").HasKey(part => new { part.RecordingId, part.Number });
}

internal sealed class DeletionRequestConfiguration : IEntityTypeConfiguration<DeletionRequest>
{
    public void Configure(EntityTypeBuilder<DeletionRequest> builder)
    {
        builder.ToTable("DeletionRequests").HasKey(request => request.RecordingId);
        builder.Property(request => request.Reason).HasMaxLength(200);
        builder.Property(request => request.Answer).HasMaxLength(200);
        builder.HasOne<Recording>().WithOne().HasForeignKey<DeletionRequest>(request => request.RecordingId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DoomedFilesConfiguration : IEntityTypeConfiguration<DoomedFiles>
{
    public void Configure(EntityTypeBuilder<DoomedFiles> builder) => builder.ToTable("DoomedFiles").HasKey(doomed => doomed.RecordingId);
}
