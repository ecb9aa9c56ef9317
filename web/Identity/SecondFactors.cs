using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Text;

namespace Xunke.Web.Identity;

/// <summary>
/// Codes besides the password: of an application that makes a new one every 30 s (RFC 6238), and ten for whoever has lost it. Each is
/// good once. The secret is kept encrypted, of the ten only digests.
/// </summary>
internal sealed partial class SecondFactors(
    RecordsContext records, AuditTrail audit, IDataProtectionProvider protection, TimeProvider time, ILogger<SecondFactors> log)
{
    private const int SecretBytes = 20;
    private const int RecoveryCodeCount = 10;
    private const int LongestCode = 40;

    private static readonly TimeSpan SetupTime = TimeSpan.FromMinutes(15);

    // Clocks of phones and servers differ: the code before and the one after are taken too.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A secret that is yet to be confirmed. The ticket is the same, encrypted, for this account and a quarter of an
    /// hour.</summary>
    internal sealed record Setup(string Secret, string Address, string Ticket);

    /// <summary>Makes a secret. Nothing is kept until a code has shown that the application has it.</summary>
    public Setup Prepare(Account account)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretBytes);
        string address = new OtpUri(OtpType.Totp, secret, account.UserName!, "Xunke").ToString();
        return new Setup(
            Base32Encoding.ToString(secret), address,
            TicketsOf(account).Protect(Convert.ToBase64String(secret), time.GetUtcNow() + SetupTime));
    }

    /// <summary>Takes a secret that <see cref="Prepare"/> made into use.</summary>
    /// <returns>The recovery codes, which nobody can find out later; null: the code is wrong, or the ticket is none.</returns>
    public async Task<IReadOnlyList<string>?> BeginAsync(Account account, string ticket, string code)
    {
        if (ReadTicket(account, ticket) is not { } secret || StepOf(secret, code) is not { } step)
        {
            return null;
        }

        IReadOnlyList<string> codes = [];
        await audit.CommitAsync(records, async deed =>
        {
            (account.SecondFactor, account.SecondFactorStep) = (ProtectorOf(account).Protect(Convert.ToBase64String(secret)), step);
            records.Users.Update(account);
            codes = await MakeCodesAsync(account);
            deed.Tell(account.UserName!, "account.second-factor-set", account.UserName!);
        });
        return codes;
    }

    /// <summary>Makes ten new recovery codes in place of those that are left.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Account account)
    {
        IReadOnlyList<string> codes = [];
        await audit.CommitAsync(records, async deed =>
        {
            codes = await MakeCodesAsync(account);
            deed.Tell(account.UserName!, "account.recovery-codes-made", account.UserName!);
        });
        return codes;
    }

    /// <summary>Takes an account's second factor away, as part of a deed.</summary>
    public async Task RemoveAsync(Deed deed, Account account, string by)
    {
        (account.SecondFactor, account.SecondFactorStep) = (null, null);
        records.Users.Update(account);
        await records.RecoveryCodes.Where(one => one.AccountId == account.Id).ExecuteDeleteAsync();
        deed.Tell(by, "account.second-factor-removed", account.UserName!);
    }

    /// <summary>How many recovery codes are left.</summary>
    public Task<int> CountCodesAsync(Account account, CancellationToken cancellationToken) =>
        records.RecoveryCodes.CountAsync(one => one.AccountId == account.Id, cancellationToken);

    /// <summary>Uses a code up.</summary>
    /// <returns>False: it is wrong, or has been used.</returns>
    public async Task<bool> UseAsync(Account account, string code)
    {
        if (ReadSecret(account) is { } secret && StepOf(secret, code) is { } step)
        {
            // Whoever writes the step first has used the code, however many send it at once.
            bool isFirst = await records.Users
                .Where(one => one.Id == account.Id && (one.SecondFactorStep == null || one.SecondFactorStep < step))
                .ExecuteUpdateAsync(one => one.SetProperty(row => row.SecondFactorStep, step)) == 1;
            // Or a later change of the account would write the former step again.
            account.SecondFactorStep = isFirst ? step : account.SecondFactorStep;
            return isFirst;
        }

        if (code.Length > LongestCode)
        {
            return false;
        }

        string digest = DigestOf(code);
        bool used = false;
        await audit.CommitAsync(async deed =>
        {
            used = await deed.Records.RecoveryCodes.Where(one => one.Digest == digest && one.AccountId == account.Id)
                .ExecuteDeleteAsync() == 1;
            if (used)
            {
                deed.Tell(account.UserName!, "account.recovery-code-used", account.UserName!);
            }
        });
        return used;
    }

    private async Task<IReadOnlyList<string>> MakeCodesAsync(Account account)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCodeCount).Select(_ => AccountSeed.MakePassword())];
        await records.RecoveryCodes.Where(one => one.AccountId == account.Id).ExecuteDeleteAsync();
        records.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Digest = DigestOf(code), AccountId = account.Id }));
        return codes;
    }

    private long? StepOf(byte[] secret, string code)
    {
        string digits = string.Concat(PlainText.Narrow(code).Where(char.IsAsciiDigit));
        return digits.Length == 6
            && new Totp(secret).VerifyTotp(time.GetUtcNow().UtcDateTime, digits, out long step, Window) ? step : null;
    }

    private byte[]? ReadSecret(Account account)
    {
        try
        {
            return account.SecondFactor is { } kept ? Convert.FromBase64String(ProtectorOf(account).Unprotect(kept)) : null;
        }
        catch (CryptographicException fault)
        {
            // The data directory's keys are others: an administrator has to take the second factor away.
            LogUnreadable(fault, account.UserName!);
            return null;
        }
    }

    private byte[]? ReadTicket(Account account, string ticket)
    {
        try
        {
            string secret = TicketsOf(account).Unprotect(ticket, out DateTimeOffset until);
            return until > time.GetUtcNow() ? Convert.FromBase64String(secret) : null;
        }
        catch (CryptographicException)
        {
            // Of another account, too old, or no ticket of ours.
            return null;
        }
    }

    private static string DigestOf(string code) =>
        LinkToken.DigestOf(string.Concat(PlainText.Narrow(code).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)));

    // The account's id is part of the purpose: a row that is copied to another account opens nothing there.
    private IDataProtector ProtectorOf(Account account) => protection.CreateProtector("xunke.second-factor", account.Id);

    private ITimeLimitedDataProtector TicketsOf(Account account) =>
        protection.CreateProtector("xunke.second-factor-setup", account.Id).ToTimeLimitedDataProtector();

    [LoggerMessage(Level = LogLevel.Error, Message = "The second factor of {UserName} cannot be decrypted; reset it to let the account in")]
    private partial void LogUnreadable(Exception fault, string userName);
}
