using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;
using Xunke.Streaming;

namespace Xunke.Actors.Visits;

/// <summary>The visits on record.</summary>
public static class VisitTables
{
    extension(RecordsContext records)
    {
        /// <summary>Every visit ever made.</summary>
        public DbSet<Visit> Visits => records.Set<Visit>();

        /// <summary>The rule of what may be seen and heard during visits: one row.</summary>
        public DbSet<VisitPolicy> VisitPolicy => records.Set<VisitPolicy>();
    }
}

internal sealed class VisitConfiguration : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("Visits");
        builder.Property(visit => visit.Purpose).HasMaxLength(200);
        // Before there was a choice, every visit had both.
        builder.Property(visit => visit.Media).HasDefaultValue(MediaKinds.Both).HasSentinel(default(MediaKinds));
        builder.HasIndex(visit => visit.From);
        builder.HasIndex(visit => new { visit.RoomId, visit.From });
        builder.HasIndex(visit => new { visit.SchoolId, visit.From });
        builder.HasIndex(visit => new { visit.UserName, visit.From });
        builder.HasIndex(visit => new { visit.SchoolId, visit.RoomId, visit.From });
        builder.HasIndex(visit => new { visit.UserName, visit.RoomId, visit.From });
        builder.HasIndex(visit => visit.To);
        builder.OwnsOne(visit => visit.Lesson, lesson =>
        {
            // Of a teacher, visits of a term: whether anybody came.
            lesson.HasIndex(one => new { one.TeacherId, one.Date });
        });
    }
}

internal sealed class VisitPolicyConfiguration : IEntityTypeConfiguration<VisitPolicy>
{
    public void Configure(EntityTypeBuilder<VisitPolicy> builder)
    {
        builder.ToTable("VisitPolicy");
        builder.HasData(new VisitPolicy { VideoOnly = true, AudioOnly = true, Both = true });
    }
}
