using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Xunke.Actors.Books;

/// <summary>How somebody said that a table of a timetable file is to be read; kept for the next file of the same form.</summary>
public sealed class ImportChoice
{
    /// <summary>Its unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The school whose files are read so; empty: files of the whole district.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The form of the table: what its headers say, without names; at most 300 characters.</summary>
    public required string Signature { get; init; }

    /// <summary>How it is read, as JSON: region, headers and the order within a cell; no names of classes or people.</summary>
    public required string Choice { get; set; }

    /// <summary>Account that said so.</summary>
    public required string UserName { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; set; }
}

internal sealed class ImportChoiceConfiguration : IEntityTypeConfiguration<ImportChoice>
{
    public void Configure(EntityTypeBuilder<ImportChoice> builder)
    {
        builder.ToTable("ImportChoices").HasKey(choice => choice.Id);
        builder.Property(choice => choice.SchoolId).HasMaxLength(20);
        builder.Property(choice => choice.Signature).HasMaxLength(300);
        builder.HasIndex(choice => new { choice.SchoolId, choice.Signature }).IsUnique();
    }
}
