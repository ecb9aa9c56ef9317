using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Rectifications;

/// <summary>Notices of rectification, on record. They outlast what they come from.</summary>
public static class RectificationTables
{
    internal const int LongestUserName = 256;
    internal const int LongestId = 40;
    internal const int LongestName = 200;
    internal const int LongestWord = 20;

    extension(RecordsContext records)
    {
        /// <summary>The notices.</summary>
        public DbSet<Rectification> Rectifications => records.Set<Rectification>();

        /// <summary>What happened to them.</summary>
        public DbSet<RectificationEvent> RectificationEvents => records.Set<RectificationEvent>();

        /// <summary>The files of the answers.</summary>
        public DbSet<RectificationFile> RectificationFiles => records.Set<RectificationFile>();

        /// <summary>The last numbers.</summary>
        public DbSet<RectificationCounter> RectificationCounters => records.Set<RectificationCounter>();
    }
}

internal sealed class RectificationConfiguration : IEntityTypeConfiguration<Rectification>
{
    public void Configure(EntityTypeBuilder<Rectification> builder)
    {
        builder.ToTable("Rectifications");
        builder.Property(one => one.Number).HasMaxLength(NoticeNumber.Longest);
        builder.Property(one => one.SchoolId).HasMaxLength(RectificationTables.LongestId);
        builder.Property(one => one.SchoolName).HasMaxLength(RectificationTables.LongestName);
        builder.Property(one => one.RoomId).HasMaxLength(RectificationTables.LongestId);
        builder.Property(one => one.Title).HasMaxLength(Rectification.LongestTitle);
        builder.Property(one => one.Problem).HasMaxLength(Rectification.LongestText);
        builder.Property(one => one.IssuedBy).HasMaxLength(RectificationTables.LongestUserName);
        builder.Property(one => one.IssuedName).HasMaxLength(RectificationTables.LongestName);
        builder.Property(one => one.Responsible).HasMaxLength(RectificationTables.LongestUserName);
        builder.Property(one => one.ResponsibleName).HasMaxLength(RectificationTables.LongestName);
        builder.Property(one => one.Source).HasConversion<string>().HasMaxLength(RectificationTables.LongestWord);
        builder.Property(one => one.State).HasConversion<string>().HasMaxLength(RectificationTables.LongestWord);
        builder.Property(one => one.Version).IsConcurrencyToken();
        builder.HasIndex(one => one.Number).IsUnique();
        builder.HasIndex(one => new { one.SchoolId, one.State, one.DueOn });
        builder.HasIndex(one => one.Responsible);
        builder.HasIndex(one => one.EndedAt);
        builder.HasMany(one => one.Events).WithOne().HasForeignKey(one => one.RectificationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(one => one.Files).WithOne().HasForeignKey(one => one.RectificationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RectificationEventConfiguration : IEntityTypeConfiguration<RectificationEvent>
{
    public void Configure(EntityTypeBuilder<RectificationEvent> builder)
    {
        // Two acts on the same page can never both be kept.
        builder.ToTable("RectificationEvents").HasKey(one => new { one.RectificationId, one.Number });
        builder.Property(one => one.Number).ValueGeneratedNever();
        builder.Property(one => one.Step).HasConversion<string>().HasMaxLength(RectificationTables.LongestWord);
        builder.Property(one => one.By).HasMaxLength(RectificationTables.LongestUserName);
        builder.Property(one => one.ByName).HasMaxLength(RectificationTables.LongestName);
        builder.Property(one => one.Text).HasMaxLength(Rectification.LongestText);
    }
}

internal sealed class RectificationFileConfiguration : IEntityTypeConfiguration<RectificationFile>
{
    public void Configure(EntityTypeBuilder<RectificationFile> builder)
    {
        builder.ToTable("RectificationFiles");
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.Name).HasMaxLength(RectificationFile.LongestName);
        builder.Property(one => one.Kind).HasConversion<string>().HasMaxLength(RectificationTables.LongestWord);
        builder.Property(one => one.Sha256).HasMaxLength(64);
        builder.Property(one => one.By).HasMaxLength(RectificationTables.LongestUserName);
    }
}

internal sealed class RectificationCounterConfiguration : IEntityTypeConfiguration<RectificationCounter>
{
    public void Configure(EntityTypeBuilder<RectificationCounter> builder)
    {
        builder.ToTable("RectificationCounters").HasKey(one => one.Key);
        builder.Property(one => one.Key).HasMaxLength(NoticeNumber.Longest);
    }
}
