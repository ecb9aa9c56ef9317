using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;

namespace Xunke.Actors.Reviews;

/// <summary>What people say of lessons, on record. It goes with its lesson.</summary>
public static class ReviewTables
{
    /// <summary>The longest name of an account.</summary>
    internal const int LongestUserName = 256;

    extension(RecordsContext records)
    {
        /// <summary>Goals of lessons, held or to be held.</summary>
        public DbSet<LessonGoal> Goals => records.Set<LessonGoal>();

        /// <summary>Whether goals were reached.</summary>
        public DbSet<GoalJudgement> GoalJudgements => records.Set<GoalJudgement>();

        /// <summary>Teachers' own divisions of lessons.</summary>
        public DbSet<LessonChapters> LessonChapters => records.Set<LessonChapters>();

        /// <summary>Teachers' reflections.</summary>
        public DbSet<Reflection> Reflections => records.Set<Reflection>();

        /// <summary>Remarks on lessons and their moments.</summary>
        public DbSet<Remark> Remarks => records.Set<Remark>();

        /// <summary>Parts of lessons that were cut out and tagged.</summary>
        public DbSet<LessonSlice> Slices => records.Set<LessonSlice>();

        /// <summary>Objections to figures.</summary>
        public DbSet<Objection> Objections => records.Set<Objection>();

        /// <summary>Links for colleagues.</summary>
        public DbSet<LessonShare> LessonShares => records.Set<LessonShare>();
    }
}

internal sealed class LessonGoalConfiguration : IEntityTypeConfiguration<LessonGoal>
{
    public void Configure(EntityTypeBuilder<LessonGoal> builder)
    {
        builder.ToTable("Goals");
        builder.Property(goal => goal.Text).HasMaxLength(200);
        builder.Property(goal => goal.Shows).HasMaxLength(200);
        builder.Property(goal => goal.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(goal => goal.LessonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(goal => new { goal.EntryId, goal.Date });
    }
}

internal sealed class GoalJudgementConfiguration : IEntityTypeConfiguration<GoalJudgement>
{
    public void Configure(EntityTypeBuilder<GoalJudgement> builder)
    {
        builder.ToTable("GoalJudgements").HasKey(judgement => new { judgement.GoalId, judgement.UserName });
        builder.Property(judgement => judgement.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.Property(judgement => judgement.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(judgement => judgement.Evidence).HasMaxLength(500);
        builder.HasOne<LessonGoal>().WithMany().HasForeignKey(judgement => judgement.GoalId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReflectionConfiguration : IEntityTypeConfiguration<Reflection>
{
    public void Configure(EntityTypeBuilder<Reflection> builder)
    {
        builder.ToTable("Reflections").HasKey(reflection => reflection.LessonId);
        builder.Property(reflection => reflection.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(reflection => reflection.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LessonChaptersConfiguration : IEntityTypeConfiguration<LessonChapters>
{
    public void Configure(EntityTypeBuilder<LessonChapters> builder)
    {
        builder.ToTable("LessonChapters").HasKey(chapters => chapters.LessonId);
        builder.Property(chapters => chapters.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(chapters => chapters.LessonId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(chapters => chapters.Chapters).HasConversion(
            chapters => JsonSerializer.Serialize(chapters, ChapterJson.Default.ListChapter),
            text => JsonSerializer.Deserialize(text, ChapterJson.Default.ListChapter) ?? new List<Chapter>(),
            new ValueComparer<List<Chapter>>(
                (one, other) => one!.SequenceEqual(other!),
                chapters => chapters.Aggregate(0, (hash, chapter) => HashCode.Combine(hash, chapter)),
                chapters => chapters.ToList()));
    }
}

[JsonSerializable(typeof(List<Chapter>))]
internal sealed partial class ChapterJson : JsonSerializerContext;

internal sealed class RemarkConfiguration : IEntityTypeConfiguration<Remark>
{
    public void Configure(EntityTypeBuilder<Remark> builder)
    {
        builder.ToTable("Remarks");
        builder.Property(remark => remark.Text).HasMaxLength(1000);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(remark => remark.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LessonSliceConfiguration : IEntityTypeConfiguration<LessonSlice>
{
    public void Configure(EntityTypeBuilder<LessonSlice> builder)
    {
        builder.ToTable("Slices");
        builder.Property(slice => slice.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.Property(slice => slice.Name).HasMaxLength(60);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(slice => slice.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ObjectionConfiguration : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> builder)
    {
        builder.ToTable("Objections");
        builder.Property(objection => objection.Figure).HasMaxLength(40);
        builder.Property(objection => objection.Formula).HasMaxLength(60);
        builder.Property(objection => objection.Text).HasMaxLength(1000);
        builder.Property(objection => objection.Answer).HasMaxLength(1000);
        builder.Property(objection => objection.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(objection => objection.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LessonShareConfiguration : IEntityTypeConfiguration<LessonShare>
{
    public void Configure(EntityTypeBuilder<LessonShare> builder)
    {
        builder.ToTable("LessonShares");
        builder.Property(share => share.Digest).HasMaxLength(64);
        builder.Property(share => share.UserName).HasMaxLength(ReviewTables.LongestUserName);
        builder.HasIndex(share => share.Digest).IsUnique();
        builder.HasIndex(share => new { share.UserName, share.LessonId });
        builder.HasOne<Lesson>().WithMany().HasForeignKey(share => share.LessonId).OnDelete(DeleteBehavior.Cascade);
    }
}
