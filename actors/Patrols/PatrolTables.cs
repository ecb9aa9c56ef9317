using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;

namespace Xunke.Actors.Patrols;

/// <summary>What was found on rounds, on record.</summary>
public static class PatrolTables
{
    extension(RecordsContext records)
    {
        /// <summary>What was found on rounds.</summary>
        public DbSet<Patrol> Patrols => records.Set<Patrol>();
    }
}

internal sealed class PatrolConfiguration : IEntityTypeConfiguration<Patrol>
{
    public void Configure(EntityTypeBuilder<Patrol> builder)
    {
        builder.ToTable("Patrols").HasKey(patrol => patrol.VisitId);
        builder.Property(patrol => patrol.VisitId).ValueGeneratedNever();
        builder.Property(patrol => patrol.Note).HasMaxLength(Patrol.LongestNote);
        builder.Property(patrol => patrol.Answers).AsJson(PatrolJson.Default.DictionaryStringFormAnswer);
        builder.HasIndex(patrol => new { patrol.UserName, patrol.At });
        builder.HasIndex(patrol => new { patrol.SchoolId, patrol.At });
        builder.HasIndex(patrol => new { patrol.TeacherId, patrol.Date });
        builder.HasOne<FormVersion>().WithMany().HasForeignKey(patrol => new { patrol.FormId, patrol.FormVersion })
            .OnDelete(DeleteBehavior.Restrict);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Dictionary<string, FormAnswer>))]
internal sealed partial class PatrolJson : JsonSerializerContext;
