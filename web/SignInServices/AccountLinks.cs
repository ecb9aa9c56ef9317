using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.SignInServices;

/// <summary>What came of the wish to link an account.</summary>
internal enum LinkOutcome
{
    /// <summary>It is linked now, or was so already.</summary>
    Linked,

    /// <summary>The account is linked with another person at that service.</summary>
    HasAnother,

    /// <summary>The person at the service is linked with another account.</summary>
    BelongsToAnother,
}

/// <summary>Which person at which service is the person of an account.</summary>
internal sealed class AccountLinks(RecordsContext records, UserManager<Account> accounts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Whose account it is, or null.</summary>
    public async Task<Account?> FindAsync(PendingSignIn who, CancellationToken cancellationToken)
    {
        string? id = await records.AccountLinks.Where(link => link.Service == who.Service && link.Subject == who.Subject)
            .Select(link => link.AccountId).SingleOrDefaultAsync(cancellationToken);
        return id is null ? null : await accounts.FindByIdAsync(id);
    }

    /// <summary>An account's links, by service.</summary>
    public Task<List<AccountLink>> ListAsync(string accountId, CancellationToken cancellationToken) =>
        records.AccountLinks.AsNoTracking().Where(link => link.AccountId == accountId).OrderBy(link => link.Service)
            .ToListAsync(cancellationToken);

    /// <summary>Links an account with whom a service has named. The person has shown to be both.</summary>
    public async Task<LinkOutcome> AddAsync(Account account, PendingSignIn who)
    {
        LinkOutcome outcome = LinkOutcome.Linked;
        await audit.CommitAsync(async deed =>
        {
            List<AccountLink> near = await deed.Records.AccountLinks.AsNoTracking().Where(link => link.Service == who.Service
                && (link.Subject == who.Subject || link.AccountId == account.Id)).ToListAsync();
            if (near.Count > 0)
            {
                outcome = near.Exists(link => link.AccountId != account.Id) ? LinkOutcome.BelongsToAnother
                    : near[0].Subject == who.Subject ? LinkOutcome.Linked : LinkOutcome.HasAnother;
                deed.GiveUp();
                return;
            }

            deed.Records.AccountLinks.Add(new AccountLink
            {
                Service = who.Service,
                Subject = who.Subject,
                AccountId = account.Id,
                LinkedAt = time.GetUtcNow(),
            });
            deed.Tell(account.UserName!, "account.service-linked", $"{account.UserName} {who.Service}");
        });
        return outcome;
    }

    /// <summary>Takes a link of an account away.</summary>
    /// <param name="account">The account.</param>
    /// <param name="service">The service.</param>
    /// <param name="by">Who does it. The sessions of somebody else's account end: one may have begun by the link.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(Account account, string service, string by)
    {
        bool removed = false;
        await audit.CommitAsync(records, async deed =>
        {
            removed = await records.AccountLinks.Where(link => link.AccountId == account.Id && link.Service == service)
                .ExecuteDeleteAsync() > 0;
            if (!removed)
            {
                deed.GiveUp();
                return;
            }

            if (by != account.UserName)
            {
                await accounts.UpdateSecurityStampAsync(account);
            }

            deed.Tell(by, "account.service-unlinked", $"{account.UserName} {service}");
        });
        return removed;
    }
}
