using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Records;

namespace Xunke.Actors.Alerts;

/// <summary>Alerts, what happened to them, silences and rules on record.</summary>
public static class AlertTables
{
    extension(RecordsContext records)
    {
        /// <summary>The alerts.</summary>
        public DbSet<Alert> Alerts => records.Set<Alert>();

        /// <summary>What happened to them.</summary>
        public DbSet<AlertEvent> AlertEvents => records.Set<AlertEvent>();

        /// <summary>The silences, past ones too.</summary>
        public DbSet<AlertSilence> AlertSilences => records.Set<AlertSilence>();

        /// <summary>The versions of the rules.</summary>
        public DbSet<AlertRuleVersion> AlertRuleVersions => records.Set<AlertRuleVersion>();
    }
}

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("Alerts");
        builder.Ignore(alert => alert.IsOpen);
        builder.Property(alert => alert.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(alert => alert.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(alert => alert.End).HasConversion<string>().HasMaxLength(20);
        builder.Property(alert => alert.Verdict).HasConversion<string>().HasMaxLength(20);
        builder.Property(alert => alert.EscalatedTo).HasConversion<string>().HasMaxLength(20);
        builder.Property(alert => alert.OpenKey).HasMaxLength(80);
        builder.HasIndex(alert => alert.OpenKey).IsUnique();
        builder.HasIndex(alert => new { alert.State, alert.Severity, alert.RaisedAt });
        builder.HasIndex(alert => new { alert.SchoolId, alert.State, alert.RaisedAt });
        builder.HasIndex(alert => new { alert.Kind, alert.RuleVersion, alert.Verdict });
        builder.HasIndex(alert => alert.ClearedAt);
        builder.HasMany(alert => alert.Events).WithOne().HasForeignKey(one => one.AlertId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AlertEventConfiguration : IEntityTypeConfiguration<AlertEvent>
{
    public void Configure(EntityTypeBuilder<AlertEvent> builder)
    {
        builder.ToTable("AlertEvents");
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.Step).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Verdict).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Text).HasMaxLength(200);
    }
}

internal sealed class AlertSilenceConfiguration : IEntityTypeConfiguration<AlertSilence>
{
    public void Configure(EntityTypeBuilder<AlertSilence> builder)
    {
        builder.ToTable("AlertSilences");
        builder.Property(one => one.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(one => one.Reason).HasMaxLength(200);
        builder.HasIndex(one => one.Until);
    }
}

internal sealed class AlertRuleVersionConfiguration : IEntityTypeConfiguration<AlertRuleVersion>
{
    public void Configure(EntityTypeBuilder<AlertRuleVersion> builder)
    {
        builder.ToTable("AlertRuleVersions").HasKey(one => new { one.Kind, one.Version });
        builder.Ignore(one => one.Rule);
        builder.Property(one => one.Kind).HasConversion<string>().HasMaxLength(30);
    }
}
