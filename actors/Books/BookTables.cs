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

        /// <summary>The classes of all schools.</summary>
        public DbSet<SchoolClass> Classes => records.Set<SchoolClass>();

        /// <summary>The subjects.</summary>
        public DbSet<Subject> Subjects => records.Set<Subject>();

        /// <summary>The teachers of all schools.</summary>
        public DbSet<Teacher> Teachers => records.Set<Teacher>();

        /// <summary>What was changed in the books.</summary>
        public DbSet<BookChange> BookChanges => records.Set<BookChange>();

        /// <summary>How tables of files are read.</summary>
        public DbSet<ImportChoice> ImportChoices => records.Set<ImportChoice>();
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

internal sealed class SchoolClassConfiguration : IEntityTypeConfiguration<SchoolClass>
{
    public void Configure(EntityTypeBuilder<SchoolClass> builder)
    {
        builder.ToTable("Classes").Property(one => one.Id).HasMaxLength(40);
        builder.HasOne<School>().WithMany().HasForeignKey(one => one.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Room>().WithMany().HasForeignKey(one => one.RoomId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(one => new { one.SchoolId, one.Name }).IsUnique();
    }
}

internal sealed class SubjectConfiguration : IEntityTypeConfiguration<Subject>
{
    public void Configure(EntityTypeBuilder<Subject> builder)
    {
        builder.ToTable("Subjects").Property(subject => subject.Id).HasMaxLength(40);
        builder.HasIndex(subject => subject.Name).IsUnique();
    }
}

internal sealed class TeacherConfiguration : IEntityTypeConfiguration<Teacher>
{
    public void Configure(EntityTypeBuilder<Teacher> builder)
    {
        builder.ToTable("Teachers").Property(teacher => teacher.Id).HasMaxLength(40);
        builder.HasOne<School>().WithMany().HasForeignKey(teacher => teacher.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(teacher => new { teacher.SchoolId, teacher.Number }).IsUnique();
        builder.HasIndex(teacher => teacher.UserName).IsUnique();
    }
}

internal sealed class BookChangeConfiguration : IEntityTypeConfiguration<BookChange>
{
    public void Configure(EntityTypeBuilder<BookChange> builder)
    {
        builder.ToTable("BookChanges").Property(change => change.Book).HasMaxLength(20);
        builder.HasIndex(change => new { change.Book, change.RowId });
        builder.HasIndex(change => new { change.SchoolId, change.Id });
        builder.HasIndex(change => change.Step);
    }
}
