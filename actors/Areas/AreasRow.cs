using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Xunke.Actors.Areas;

/// <summary>A room's areas on record: one row for what was learnt, one for what is drawn.</summary>
internal sealed class AreasRow
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Which of the two: see <see cref="StoredAreas"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>1 for the first time, one more for each further one.</summary>
    public required long Version { get; init; }

    /// <summary>JSON.</summary>
    public required string Payload { get; init; }
}

internal sealed class AreasConfiguration : IEntityTypeConfiguration<AreasRow>
{
    public void Configure(EntityTypeBuilder<AreasRow> builder) => builder.ToTable("RoomAreas").HasKey(row => new { row.RoomId, row.Kind });
}
