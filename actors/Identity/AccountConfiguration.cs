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
        builder.Property(account => account.ScopeSchools).HasMaxLength(Account.LongestScope);
        builder.Property(account => account.ScopeSubjects).HasMaxLength(Account.LongestScope);
        builder.Property(account => account.SecondFactor).HasMaxLength(500);
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

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes").HasKey(code => code.Digest);
        builder.Property(code => code.Digest).HasMaxLength(64);
        builder.HasOne<Account>().WithMany().HasForeignKey(code => code.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountLinkConfiguration : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("AccountLinks").HasKey(link => new { link.Service, link.Subject });
        builder.Property(link => link.Service).HasMaxLength(AccountLink.LongestService);
        builder.Property(link => link.Subject).HasMaxLength(AccountLink.LongestSubject);
        builder.HasIndex(link => new { link.AccountId, link.Service }).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(link => link.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MachineTokenConfiguration : IEntityTypeConfiguration<MachineToken>
{
    public void Configure(EntityTypeBuilder<MachineToken> builder)
    {
        builder.ToTable("MachineTokens");
        builder.Property(token => token.Digest).HasMaxLength(64);
        builder.Property(token => token.Name).HasMaxLength(60);
        builder.Property(token => token.Scopes).HasMaxLength(100);
        builder.Property(token => token.SchoolId).HasMaxLength(20);
        builder.Property(token => token.MadeBy).HasMaxLength(256);
        builder.HasIndex(token => token.Digest).IsUnique();
        builder.HasIndex(token => token.Name).IsUnique();
    }
}
