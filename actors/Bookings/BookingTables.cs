using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Actors.Bookings;

/// <summary>Bookings, and how schools record, on record.</summary>
public static class BookingTables
{
    extension(RecordsContext records)
    {
        /// <summary>The wishes to record.</summary>
        public DbSet<Booking> Bookings => records.Set<Booking>();

        /// <summary>How schools record by approval.</summary>
        public DbSet<RecordingRule> RecordingRules => records.Set<RecordingRule>();
    }
}

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("Bookings");
        builder.Ignore(booking => booking.IsOpen);
        builder.Property(booking => booking.Purpose).HasMaxLength(200);
        builder.Property(booking => booking.Reason).HasMaxLength(200);
        builder.Property(booking => booking.State).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(booking => booking.RecordingId).IsUnique();
        builder.HasIndex(booking => new { booking.State, booking.From });
        builder.HasIndex(booking => new { booking.RoomId, booking.From });
        builder.HasIndex(booking => new { booking.SchoolId, booking.From });
        builder.HasIndex(booking => new { booking.UserName, booking.From });
        builder.HasIndex(booking => new { booking.TeacherId, booking.From });
    }
}

internal sealed class RecordingRuleConfiguration : IEntityTypeConfiguration<RecordingRule>
{
    public void Configure(EntityTypeBuilder<RecordingRule> builder)
    {
        builder.ToTable("RecordingRules").HasKey(rule => rule.SchoolId);
        builder.Property(rule => rule.SchoolId).HasMaxLength(20);
        builder.Property(rule => rule.Askers).HasConversion<string>().HasMaxLength(30);
        builder.Property(rule => rule.Approval).HasConversion<string>().HasMaxLength(30);
        builder.HasOne<School>().WithOne().HasForeignKey<RecordingRule>(rule => rule.SchoolId).OnDelete(DeleteBehavior.Restrict);
    }
}
