using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Forms;

/// <summary>Forms and their versions, on record.</summary>
public static class FormTables
{
    extension(RecordsContext records)
    {
        /// <summary>The forms.</summary>
        public DbSet<Form> Forms => records.Set<Form>();

        /// <summary>What they ask, version by version.</summary>
        public DbSet<FormVersion> FormVersions => records.Set<FormVersion>();
    }
}

internal sealed class FormConfiguration : IEntityTypeConfiguration<Form>
{
    public void Configure(EntityTypeBuilder<Form> builder)
    {
        builder.ToTable("Forms");
        builder.Property(form => form.ShippedAs).HasMaxLength(40);
        builder.Property(form => form.Name).HasMaxLength(FormRules.LongestName);
        builder.Property(form => form.NameEn).HasMaxLength(FormRules.LongestName);
        builder.Property(form => form.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(form => form.ChangedBy).HasMaxLength(256);
        builder.HasIndex(form => form.ShippedAs).IsUnique();
    }
}

internal sealed class FormVersionConfiguration : IEntityTypeConfiguration<FormVersion>
{
    public void Configure(EntityTypeBuilder<FormVersion> builder)
    {
        builder.ToTable("FormVersions").HasKey(version => new { version.FormId, version.Number });
        builder.Property(version => version.Content).AsJson(FormJson.Default.FormContent);
        builder.HasOne<Form>().WithMany().HasForeignKey(version => version.FormId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Forms and answers as they are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FormContent))]
[JsonSerializable(typeof(ShippedForm))]
[JsonSerializable(typeof(Dictionary<string, FormAnswer>))]
internal sealed partial class FormJson : JsonSerializerContext;
