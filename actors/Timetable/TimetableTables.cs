using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Actors.Timetable;

/// <summary>Terms, calendar and timetables on record.</summary>
public static class TimetableTables
{
    extension(RecordsContext records)
    {
        /// <summary>The terms of the district.</summary>
        public DbSet<Term> Terms => records.Set<Term>();

        /// <summary>When the periods are.</summary>
        public DbSet<DayPlan> DayPlans => records.Set<DayPlan>();

        /// <summary>The days that are not as their weekday.</summary>
        public DbSet<CalendarDays> CalendarDays => records.Set<CalendarDays>();

        /// <summary>The lessons of the timetables.</summary>
        public DbSet<TimetableEntry> Timetable => records.Set<TimetableEntry>();

        /// <summary>The changes of single lessons.</summary>
        public DbSet<TimetableChange> TimetableChanges => records.Set<TimetableChange>();

        /// <summary>The addresses at which calendars read a week.</summary>
        public DbSet<CalendarFeed> CalendarFeeds => records.Set<CalendarFeed>();
    }
}

internal sealed class TermConfiguration : IEntityTypeConfiguration<Term>
{
    public void Configure(EntityTypeBuilder<Term> builder) => builder.ToTable("Terms").Property(term => term.Id).HasMaxLength(40);
}

internal sealed class DayPlanConfiguration : IEntityTypeConfiguration<DayPlan>
{
    public void Configure(EntityTypeBuilder<DayPlan> builder)
    {
        builder.ToTable("DayPlans").Property(plan => plan.Id).HasMaxLength(40);
        builder.HasOne<School>().WithMany().HasForeignKey(plan => plan.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(plan => plan.Periods).HasConversion(
            periods => JsonSerializer.Serialize(periods, PeriodJson.Default.ListPeriod),
            text => JsonSerializer.Deserialize(text, PeriodJson.Default.ListPeriod) ?? new List<Period>(),
            new ValueComparer<List<Period>>(
                (one, other) => one!.SequenceEqual(other!),
                periods => periods.Aggregate(0, (hash, period) => HashCode.Combine(hash, period)),
                periods => periods.ToList()));
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<Period>))]
internal sealed partial class PeriodJson : JsonSerializerContext;

internal sealed class CalendarDaysConfiguration : IEntityTypeConfiguration<CalendarDays>
{
    public void Configure(EntityTypeBuilder<CalendarDays> builder)
    {
        builder.ToTable("CalendarDays").Property(days => days.Id).HasMaxLength(40);
        builder.Property(days => days.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<School>().WithMany().HasForeignKey(days => days.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<DayPlan>().WithMany().HasForeignKey(days => days.DayPlanId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TimetableEntryConfiguration : IEntityTypeConfiguration<TimetableEntry>
{
    public void Configure(EntityTypeBuilder<TimetableEntry> builder)
    {
        builder.ToTable("Timetable");
        builder.HasOne<Term>().WithMany().HasForeignKey(entry => entry.TermId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<School>().WithMany().HasForeignKey(entry => entry.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SchoolClass>().WithMany().HasForeignKey(entry => entry.ClassId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Subject>().WithMany().HasForeignKey(entry => entry.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Teacher>().WithMany().HasForeignKey(entry => entry.TeacherId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Room>().WithMany().HasForeignKey(entry => entry.RoomId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(entry => new { entry.SchoolId, entry.TermId });
    }
}

internal sealed class TimetableChangeConfiguration : IEntityTypeConfiguration<TimetableChange>
{
    public void Configure(EntityTypeBuilder<TimetableChange> builder)
    {
        builder.ToTable("TimetableChanges");
        builder.Property(change => change.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<TimetableEntry>().WithMany().HasForeignKey(change => change.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Teacher>().WithMany().HasForeignKey(change => change.TeacherId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Room>().WithMany().HasForeignKey(change => change.RoomId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(change => new { change.SchoolId, change.FirstDay });
    }
}
