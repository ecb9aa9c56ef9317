using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Books;

/// <summary>Accounts that were just made.</summary>
/// <param name="Count">How many.</param>
/// <param name="File">The file with their first passwords, readable by the server's account only.</param>
internal sealed record NewAccountsNotice(int Count, string File);

/// <summary>Makes accounts with a first password each, kept in a file for whoever hands them out.</summary>
internal sealed class NewAccounts(UserManager<Account> accounts, DataDirectory data)
{
    /// <summary>Where the first passwords are kept: user, name, password.</summary>
    public const string FileName = "new-accounts.csv";

    /// <summary>Makes the accounts that are not there yet, all or none, with a line each; the others stay as they are. The deed is of the
    /// accounts' own context.</summary>
    /// <returns>What is made when the deed is done, or null.</returns>
    /// <exception cref="StartupException">An account or the file cannot be made.</exception>
    public async Task<NewAccountsNotice?> MakeAsync(Deed deed, IEnumerable<AccountOnFile> wanted)
    {
        List<(AccountOnFile Account, string Password)> made = [];
        foreach (AccountOnFile account in wanted)
        {
            if (await accounts.FindByNameAsync(account.UserName) is not null)
            {
                continue;
            }

            string password = AccountSeed.MakePassword();
            var entity = new Account
            {
                UserName = account.UserName,
                DisplayName = account.DisplayName,
                Role = account.Role,
                SchoolId = account.SchoolId,
            };
            AccountSeed.Check(await accounts.CreateAsync(entity, password));
            AccountSeed.TellMade(deed, entity);
            made.Add((account, password));
        }

        if (made.Count == 0)
        {
            return null;
        }

        // Before the commit: a password without its account does no harm, an account without its password cannot be used.
        Keep(made);
        return new NewAccountsNotice(made.Count, data.Combine(FileName));
    }

    private void Keep(IEnumerable<(AccountOnFile Account, string Password)> made)
    {
        try
        {
            using FileStream file = data.AppendSecret(FileName);
            using var csv = CsvWriter.Create(file);
            if (file.Length == 0)
            {
                // Excel takes a file without a byte order mark for GB18030.
                file.Write(Encoding.UTF8.Preamble);
                csv.WriteRecord("user", "name", "password");
            }

            foreach ((AccountOnFile account, string password) in made)
            {
                csv.WriteRecord(account.UserName, account.DisplayName, password);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"新帐号的密码无法保存 cannot keep the passwords of new accounts: {fault.Message}", fault);
        }
    }
}
