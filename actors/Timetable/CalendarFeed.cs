using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Books;

namespace Xunke.Actors.Timetable;

/// <summary>An address at which a calendar reads the lessons of a teacher or of a room; each has one at most.</summary>
public sealed class CalendarFeed
{
    /// <summary>SHA-256 of what the address carries, in hex: whoever reads the database cannot use it.</summary>
    public required string Digest { get; init; }

    /// <summary>The teacher; null: it is a room's.</summary>
    public string? TeacherId { get; init; }

    /// <summary>The room; null: it is a teacher's.</summary>
    public string? RoomId { get; init; }

    /// <summary>Account that made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.ToTable("CalendarFeeds").HasKey(feed => feed.Digest);
        builder.Property(feed => feed.Digest).HasMaxLength(64);
        builder.HasIndex(feed => feed.TeacherId).IsUnique();
        builder.HasIndex(feed => feed.RoomId).IsUnique();
        builder.HasOne<Teacher>().WithMany().HasForeignKey(feed => feed.TeacherId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Room>().WithMany().HasForeignKey(feed => feed.RoomId).OnDelete(DeleteBehavior.Cascade);
    }
}
