using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;

namespace Xunke.Actors.Alerts.Messages;

/// <summary>The messages about alerts, and who is to get them, on record.</summary>
public static class AlertMessageTables
{
    extension(RecordsContext records)
    {
        /// <summary>The messages.</summary>
        public DbSet<AlertMessage> AlertMessages => records.Set<AlertMessage>();

        /// <summary>What they tell of.</summary>
        public DbSet<AlertMessageItem> AlertMessageItems => records.Set<AlertMessageItem>();

        /// <summary>How each try went.</summary>
        public DbSet<AlertMessageTry> AlertMessageTries => records.Set<AlertMessageTry>();

        /// <summary>What people chose.</summary>
        public DbSet<AlertChoice> AlertChoices => records.Set<AlertChoice>();

        /// <summary>The schools' robots.</summary>
        public DbSet<AlertWebhook> AlertWebhooks => records.Set<AlertWebhook>();
    }
}

internal sealed class AlertMessageConfiguration : IEntityTypeConfiguration<AlertMessage>
{
    public void Configure(EntityTypeBuilder<AlertMessage> builder)
    {
        builder.ToTable("AlertMessages");
        builder.Property(one => one.Channel).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Recipient).HasMaxLength(40);
        builder.Property(one => one.RecipientName).HasMaxLength(80);
        builder.HasIndex(one => new { one.State, one.DueAt });
        builder.HasIndex(one => new { one.Recipient, one.Kind, one.DoneAt });
        builder.HasMany(one => one.Items).WithOne().HasForeignKey(item => item.MessageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(one => one.Log).WithOne().HasForeignKey(made => made.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AlertMessageItemConfiguration : IEntityTypeConfiguration<AlertMessageItem>
{
    public void Configure(EntityTypeBuilder<AlertMessageItem> builder)
    {
        builder.ToTable("AlertMessageItems").HasKey(item => new { item.MessageId, item.AlertId });
        builder.HasIndex(item => item.AlertId);
        builder.HasOne<Alert>().WithMany().HasForeignKey(item => item.AlertId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AlertMessageTryConfiguration : IEntityTypeConfiguration<AlertMessageTry>
{
    public void Configure(EntityTypeBuilder<AlertMessageTry> builder)
    {
        builder.ToTable("AlertMessageTries").HasKey(made => new { made.MessageId, made.Number });
        builder.Property(made => made.Answer).HasMaxLength(AlertMessageTry.LongestAnswer);
    }
}

internal sealed class AlertChoiceConfiguration : IEntityTypeConfiguration<AlertChoice>
{
    public void Configure(EntityTypeBuilder<AlertChoice> builder)
    {
        builder.ToTable("AlertChoices").HasKey(one => one.AccountId);
        builder.Property(one => one.Address).HasMaxLength(AlertChoice.LongestAddress);
        builder.HasOne<Account>().WithOne().HasForeignKey<AlertChoice>(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AlertWebhookConfiguration : IEntityTypeConfiguration<AlertWebhook>
{
    public void Configure(EntityTypeBuilder<AlertWebhook> builder)
    {
        builder.ToTable("AlertWebhooks");
        builder.Property(one => one.Channel).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.Name).HasMaxLength(40);
        builder.HasIndex(one => one.SchoolId);
    }
}
