using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Identity;

namespace Xunke.Web.OwnAccount;

/// <summary>Changes the password of who is signed in.</summary>
internal sealed class OwnPassword(RecordsContext records, UserManager<Account> accounts, AuditTrail audit)
{
    /// <summary>Changes it. A session ends with the password that it was begun with, unless it is granted anew: the own one always
    /// is.</summary>
    public Task ChangeAsync(Account account, string password, string ownLoginId, bool endOthers) => audit.CommitAsync(records, async deed =>
    {
        string before = AccountState.Of(account).Digest();
        await accounts.SetPasswordAsync(account, password);
        string now = AccountState.Of(account).Digest();
        await records.LoginSessions
            .Where(session => session.AccountId == account.Id && session.Granted == before && (!endOthers || session.Id == ownLoginId))
            .ExecuteUpdateAsync(session => session.SetProperty(one => one.Granted, now));
        await records.Invitations.Where(one => one.AccountId == account.Id).ExecuteDeleteAsync();
        deed.Tell(account.UserName!, "account.password-changed", account.UserName!);
    });
}
