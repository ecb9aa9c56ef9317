using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Xunke.Streaming;

namespace Xunke.Actors.Persistence;

/// <summary>The records of the district: what is on the books, who looked into which room, what was recorded, and the audit trail.</summary>
public sealed class RecordsContext(DbContextOptions<RecordsContext> options) : DbContext(options)
{
    /// <summary>The condition of lessons that are not over, in SQL: as LINQ would put it, no index is used.</summary>
    private const string NotEnded = "\"Ended\" = FALSE";

    /// <summary>The schools of the district.</summary>
    public DbSet<School> Schools => Set<School>();

    /// <summary>The rooms of all schools.</summary>
    public DbSet<Room> Rooms => Set<Room>();

    /// <summary>Every visit ever made.</summary>
    public DbSet<Visit> Visits => Set<Visit>();

    /// <summary>The rule of what may be seen and heard during visits: one row.</summary>
    public DbSet<VisitPolicy> VisitPolicy => Set<VisitPolicy>();

    /// <summary>Every recording that is kept.</summary>
    public DbSet<Recording> Recordings => Set<Recording>();

    /// <summary>Files of deleted recordings that are still to go.</summary>
    public DbSet<DoomedFiles> DoomedFiles => Set<DoomedFiles>();

    /// <summary>What was seen and heard in lessons.</summary>
    public DbSet<Lesson> Lessons => Set<Lesson>();

    /// <summary>The lessons that are not over, found by their index.</summary>
    public IQueryable<Lesson> LessonsNotEnded => Lessons.FromSqlRaw($"SELECT * FROM \"Lessons\" WHERE {NotEnded}");

    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<School>().Property(school => school.Id).HasMaxLength(20);
        modelBuilder.Entity<Room>(room =>
        {
            room.Property(r => r.Id).HasMaxLength(40);
            room.HasOne<School>().WithMany().HasForeignKey(r => r.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<Visit>(visit =>
        {
            visit.Property(v => v.Purpose).HasMaxLength(200);
            // Before there was a choice, every visit had both.
            visit.Property(v => v.Media).HasDefaultValue(MediaKinds.Both).HasSentinel(default(MediaKinds));
            visit.HasIndex(v => v.From);
            visit.HasIndex(v => new { v.RoomId, v.From });
            visit.HasIndex(v => new { v.SchoolId, v.From });
            visit.HasIndex(v => new { v.UserName, v.From });
            visit.HasIndex(v => new { v.SchoolId, v.RoomId, v.From });
            visit.HasIndex(v => new { v.UserName, v.RoomId, v.From });
            visit.HasIndex(v => v.To);
        });
        modelBuilder.Entity<VisitPolicy>().HasData(new VisitPolicy { VideoOnly = true, AudioOnly = true, Both = true });
        modelBuilder.Entity<Recording>(recording =>
        {
            recording.Property(r => r.Reason).HasMaxLength(200);
            recording.PrimitiveCollection(r => r.Faults);
            recording.HasMany(r => r.Parts).WithOne().HasForeignKey(p => p.RecordingId).OnDelete(DeleteBehavior.Cascade);
            recording.HasIndex(r => r.From);
            recording.HasIndex(r => new { r.RoomId, r.From });
            recording.HasIndex(r => new { r.SchoolId, r.From });
            recording.HasIndex(r => new { r.UserName, r.From });
            recording.HasIndex(r => r.To);
        });
        modelBuilder.Entity<StoredPart>().ToTable("RecordingParts").HasKey(part => new { part.RecordingId, part.Number });
        modelBuilder.Entity<DoomedFiles>().HasKey(doomed => doomed.RecordingId);
        modelBuilder.Entity<Lesson>(lesson =>
        {
            lesson.HasIndex(l => l.From);
            lesson.HasIndex(l => new { l.RoomId, l.From });
            lesson.HasIndex(l => new { l.SchoolId, l.From });
            lesson.HasIndex(l => new { l.SchoolId, l.RoomId, l.From });
            lesson.HasIndex(l => l.To);

            // A few at most are not over; a query must say it in these words to find them by it.
            lesson.HasIndex(l => l.Ended).HasFilter(NotEnded);
        });
        modelBuilder.Entity<AuditEntry>(entry =>
        {
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Hash).HasMaxLength(64).IsFixedLength();
            entry.Property(e => e.KeyId).HasMaxLength(16);
            entry.HasIndex(e => e.At);
        });
    }

    /// <summary>SQLite cannot compare DateTimeOffset; a number of milliseconds sorts anywhere.</summary>
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

/// <summary>Lets <c>dotnet ef migrations</c> make the context without starting the server.</summary>
internal sealed class RecordsContextFactory : IDesignTimeDbContextFactory<RecordsContext>
{
    /// <inheritdoc />
    public RecordsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<RecordsContext>().UseSqlite("Data Source=:memory:").Options);
}
