using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Lessons;

/// <summary>The lessons on record.</summary>
public static class LessonTables
{
    /// <summary>The condition of lessons that are not over, in SQL: as LINQ would put it, no index is used.</summary>
    internal const string NotEnded = "\"Ended\" = FALSE";

    extension(RecordsContext records)
    {
        /// <summary>What was seen and heard in lessons.</summary>
        public DbSet<Lesson> Lessons => records.Set<Lesson>();

        /// <summary>Stills of the moments of lessons.</summary>
        public DbSet<LessonStill> LessonStills => records.Set<LessonStill>();

        /// <summary>The lessons that are not over, found by their index.</summary>
        public IQueryable<Lesson> LessonsNotEnded => records.Set<Lesson>().FromSqlRaw($"SELECT * FROM \"Lessons\" WHERE {NotEnded}");
    }
}

internal sealed class LessonConfiguration : IEntityTypeConfiguration<Lesson>
{
    public void Configure(EntityTypeBuilder<Lesson> builder)
    {
        builder.ToTable("Lessons");
        builder.HasIndex(lesson => lesson.From);
        builder.HasIndex(lesson => new { lesson.RoomId, lesson.From });
        builder.HasIndex(lesson => new { lesson.SchoolId, lesson.From });
        builder.HasIndex(lesson => new { lesson.SchoolId, lesson.RoomId, lesson.From });
        builder.HasIndex(lesson => new { lesson.TeacherId, lesson.From });
        builder.HasIndex(lesson => new { lesson.SchoolId, lesson.SubjectId, lesson.From });
        builder.HasIndex(lesson => lesson.To);
        builder.Property(lesson => lesson.TeacherId).HasMaxLength(40);
        builder.Property(lesson => lesson.ClassId).HasMaxLength(40);
        builder.Property(lesson => lesson.SubjectId).HasMaxLength(40);
        builder.Property(lesson => lesson.Kind).HasMaxLength(20);

        // A few at most are not over; a query must say it in these words to find them by it.
        builder.HasIndex(lesson => lesson.Ended).HasFilter(LessonTables.NotEnded);
    }
}

internal sealed class LessonStillConfiguration : IEntityTypeConfiguration<LessonStill>
{
    public void Configure(EntityTypeBuilder<LessonStill> builder)
    {
        builder.ToTable("LessonStills");
        builder.HasIndex(still => new { still.LessonId, still.Number }).IsUnique();
        builder.HasIndex(still => still.At);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(still => still.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}
