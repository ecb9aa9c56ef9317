using Xunke.Web.Books;
using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>What the start has to tell whoever started the server.</summary>
internal sealed class StartNotices
{
    /// <summary>Accounts that can sign in with a password that the server made up; null when there is nothing to tell.</summary>
    public StartNotice? Accounts { get; set; }

    /// <summary>Accounts just made from the accounts file; null when there is none.</summary>
    public NewAccountsNotice? NewAccounts { get; set; }
}
