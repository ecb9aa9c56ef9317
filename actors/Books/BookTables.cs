using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Books;

/// <summary>What is on the books.</summary>
public static class BookTables
{
    extension(RecordsContext records)
    {
        /// <summary>The schools of the district.</summary>
        public DbSet<School> Schools => records.Set<School>();

        /// <summary>The rooms of all schools.</summary>
        public DbSet<Room> Rooms => records.Set<Room>();
    }
}

internal sealed class SchoolConfiguration : IEntityTypeConfiguration<School>
{
    public void Configure(EntityTypeBuilder<School> builder) => builder.ToTable("Schools").Property(school => school.Id).HasMaxLength(20);
}

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> builder)
    {
        builder.ToTable("Rooms").Property(room => room.Id).HasMaxLength(40);
        builder.HasOne<School>().WithMany().HasForeignKey(room => room.SchoolId).OnDelete(DeleteBehavior.Restrict);
    }
}
