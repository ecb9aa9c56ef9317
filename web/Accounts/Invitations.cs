using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Identity;

namespace Xunke.Web.Accounts;

/// <summary>Links with which people choose their password, once and for a week.</summary>
internal sealed class Invitations(RecordsContext records, UserManager<Account> accounts, AuditTrail audit, TimeProvider time)
{
    /// <summary>How long a link lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int LongestToken = 100;

    /// <summary>What a link may be used for.</summary>
    /// <param name="Account">Whose it is; null: it is no link of ours, has been used or has ended.</param>
    /// <param name="Faults">What is wrong with the password.</param>
    internal sealed record Use(Account? Account, IReadOnlyList<string> Faults);

    /// <summary>Gives an account a link, in place of the one that it may have.</summary>
    /// <returns>What the link carries; nobody can find it out later.</returns>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> MakeAsync(Deed deed, Account account, string by)
    {
        string token = LinkToken.Make();
        DateTimeOffset until = time.GetUtcNow() + Lifetime;
        await deed.Records.Invitations.Where(one => one.AccountId == account.Id).ExecuteDeleteAsync();
        deed.Records.Invitations.Add(
            new Invitation { Digest = LinkToken.DigestOf(token), AccountId = account.Id, MadeBy = by, ExpiresAt = until });
        deed.Tell(by, "account.invited", account.UserName!);
        return (token, until);
    }

    /// <summary>Whose link it is, or null.</summary>
    public async Task<Account?> FindAsync(string? token)
    {
        if (token is not { Length: > 0 and <= LongestToken })
        {
            return null;
        }

        (string digest, DateTimeOffset now) = (LinkToken.DigestOf(token), time.GetUtcNow());
        Account? account = await records.Invitations.Where(one => one.Digest == digest && one.ExpiresAt > now)
            .Join(records.Users, one => one.AccountId, account => account.Id, (_, account) => account).SingleOrDefaultAsync();
        return account?.LockoutEnd > now ? null : account;
    }

    /// <summary>Chooses the password of the link's account; the link is used up, and the account's sessions end.</summary>
    public async Task<Use> UseAsync(string? token, string? password)
    {
        var use = new Use(null, []);
        await audit.CommitAsync(records, async deed =>
        {
            if (await FindAsync(token) is not { } account)
            {
                return;
            }

            IReadOnlyList<string> faults = await accounts.FaultsOfAsync(account, password);
            use = new Use(account, faults);
            if (faults.Count > 0)
            {
                return;
            }

            await records.Invitations.Where(one => one.AccountId == account.Id).ExecuteDeleteAsync();
            await accounts.SetPasswordAsync(account, password!);
            deed.Tell(account.UserName!, "account.password-chosen", account.UserName!);
        });
        return use;
    }
}
