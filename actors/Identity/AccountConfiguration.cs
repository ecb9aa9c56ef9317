using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Xunke.Actors.Identity;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.Property(account => account.DisplayName).HasMaxLength(100);
        builder.Property(account => account.Role).HasConversion<string>().HasMaxLength(30);
        builder.Property(account => account.SchoolId).HasMaxLength(20);
        // As text, which it always was: administrators have locked accounts by SQL.
        builder.Property(account => account.LockoutEnd).HasConversion<string>();
    }
}

internal sealed class LoginSessionConfiguration : IEntityTypeConfiguration<LoginSession>
{
    public void Configure(EntityTypeBuilder<LoginSession> builder)
    {
        builder.ToTable("LoginSessions");
        builder.Property(login => login.Id).HasMaxLength(43);
        builder.Property(login => login.Granted).HasMaxLength(64);
        builder.HasOne<Account>().WithMany().HasForeignKey(login => login.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations").HasKey(invitation => invitation.Digest);
        builder.Property(invitation => invitation.Digest).HasMaxLength(64);
        builder.HasIndex(invitation => invitation.AccountId).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(invitation => invitation.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
