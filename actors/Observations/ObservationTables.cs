using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;

namespace Xunke.Actors.Observations;

/// <summary>Observations of lessons, on record. No lesson is needed for them: they outlast it.</summary>
public static class ObservationTables
{
    internal const int LongestUserName = 256;
    internal const int LongestId = 40;

    extension(RecordsContext records)
    {
        /// <summary>The observations.</summary>
        public DbSet<Observation> Observations => records.Set<Observation>();

        /// <summary>What observers wrote down by the second.</summary>
        public DbSet<ObservationRemark> ObservationRemarks => records.Set<ObservationRemark>();

        /// <summary>Teachers' appeals against answers.</summary>
        public DbSet<ObservationAppeal> ObservationAppeals => records.Set<ObservationAppeal>();
    }
}

internal sealed class ObservationConfiguration : IEntityTypeConfiguration<Observation>
{
    public void Configure(EntityTypeBuilder<Observation> builder)
    {
        builder.ToTable("Observations");
        builder.Property(one => one.UserName).HasMaxLength(ObservationTables.LongestUserName);
        builder.Property(one => one.TeacherId).HasMaxLength(ObservationTables.LongestId);
        builder.Property(one => one.SubjectId).HasMaxLength(ObservationTables.LongestId);
        builder.Property(one => one.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Form).AsJson(FormJson.Default.FormContent);
        builder.Property(one => one.Answers).AsJson(FormJson.Default.DictionaryStringFormAnswer);
        builder.Property(one => one.Header).AsJson(ObservationJson.Default.ObservationHeader);

        // Whoever begins twice goes on with the same.
        builder.HasIndex(one => new { one.UserName, one.LessonId }).IsUnique();
        builder.HasIndex(one => new { one.UserName, one.BegunAt });
        builder.HasIndex(one => new { one.TeacherId, one.BegunAt });
        builder.HasIndex(one => new { one.SchoolId, one.BegunAt });
        builder.HasIndex(one => one.LessonId);
        builder.HasOne<FormVersion>().WithMany().HasForeignKey(one => new { one.FormId, one.FormVersion })
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ObservationRemarkConfiguration : IEntityTypeConfiguration<ObservationRemark>
{
    public void Configure(EntityTypeBuilder<ObservationRemark> builder)
    {
        builder.ToTable("ObservationRemarks").HasKey(remark => new { remark.ObservationId, remark.Id });
        builder.Property(remark => remark.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(remark => remark.Text).HasMaxLength(1000);
        builder.HasOne<Observation>().WithMany().HasForeignKey(remark => remark.ObservationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ObservationAppealConfiguration : IEntityTypeConfiguration<ObservationAppeal>
{
    public void Configure(EntityTypeBuilder<ObservationAppeal> builder)
    {
        builder.ToTable("ObservationAppeals").HasKey(appeal => new { appeal.ObservationId, appeal.ItemKey });
        builder.Property(appeal => appeal.ItemKey).HasMaxLength(ObservationTables.LongestId);
        builder.Property(appeal => appeal.Answer).AsJson(ObservationJson.Default.FormAnswer);
        builder.Property(appeal => appeal.Reason).HasMaxLength(1000);
        builder.Property(appeal => appeal.Decision).HasMaxLength(1000);
        builder.Property(appeal => appeal.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Observation>().WithMany().HasForeignKey(appeal => appeal.ObservationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Parts of observations as they are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ObservationHeader))]
[JsonSerializable(typeof(FormAnswer))]
internal sealed partial class ObservationJson : JsonSerializerContext;
